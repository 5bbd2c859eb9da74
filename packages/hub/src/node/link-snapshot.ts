import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * Puts a blob under a file's name: a relative symbolic link as Python's tools make it, or a copy where the
 * system allows no links. What stands there already and is whole stays.
 */
export async function linkFile(blob: string, snapshot: string, path: string): Promise<void> {
  const target = join(snapshot, ...path.split('/'));
  const [there, wanted] = await Promise.all([stat(target).catch(() => undefined), stat(blob)]);
  if (there?.size === wanted.size) return;
  await mkdir(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    await symlink(relative(dirname(target), blob), temporary).catch(() => copyFile(blob, temporary));
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
