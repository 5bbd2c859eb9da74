import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error';
import { templateFolder } from './template-folder';

/** What stands for the new package's name in the template. */
const placeholder = 'my-backend';

/**
 * Copies the template into a folder called like the package.
 * @param name a legal package name; its last part names the folder
 * @param parent where the folder is made
 * @returns the folder's path
 * @throws UserError where something is there already, or the folder cannot be written
 */
export async function createBackend(name: string, parent: string): Promise<string> {
  const folder = join(parent, name.split('/').at(-1)!);
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new UserError(`${folder} cannot be used: ${error.message}`);
  });
  if (present && present.length > 0)
    throw new UserError(`${folder} is there already and not empty; nothing was changed`);
  try {
    await mkdir(folder, { recursive: true });
    await cp(templateFolder, folder, { recursive: true, filter: isPart });
    // npm leaves files called .gitignore out of packages.
    await rename(join(folder, 'gitignore'), join(folder, '.gitignore'));
    const { version } = JSON.parse(await readFile(join(templateFolder, '../package.json'), 'utf8'));
    for (const file of ['package.json', 'README.md']) await fillIn(join(folder, file), name, version);
  } catch (error) {
    if (!present) await rm(folder, { recursive: true, force: true });
    throw new UserError(`${folder} cannot be written: ${(error as Error).message}`);
  }
  return folder;
}

/** Leaves out what running the template in place makes. */
async function isPart(path: string): Promise<boolean> {
  const [last] = path.split(/[\\/]/).slice(-1);
  return !((await stat(path)).isDirectory() && ['node_modules', 'dist'].includes(last!));
}

/** The package's name, and the version of contracts and kit: they and this package share one. */
async function fillIn(file: string, name: string, version: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll(placeholder, name).replaceAll('"^0.0.0"', `"^${version}"`));
}
