import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../testing/temporary-folder';
import { newFolder } from './new-folder';

const temporaryFolder = temporaryFolders();
const fill = ({ path }: { readonly path: string }) => writeFile(join(path, 'a.txt'), 'new');

test('comes into being as a whole, below folders that are not there', async () => {
  const parent = await temporaryFolder();
  const folder = join(parent, 'deep', 'er');
  await newFolder(folder, false, async (target) => {
    await fill(target);
    expect(await readdir(join(parent, 'deep'))).toEqual([
      expect.stringMatching(/^er\.partial-[0-9a-f]{12}$/),
    ]);
  });
  expect(await readdir(join(parent, 'deep'))).toEqual(['er']);
  expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('new');
});

test('an error leaves nothing', async () => {
  const parent = await temporaryFolder();
  const failing = newFolder(join(parent, 'x'), false, async (target) => {
    await fill(target);
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await readdir(parent)).toEqual([]);
});

test('what came meanwhile is not replaced', async () => {
  const parent = await temporaryFolder();
  const folder = join(parent, 'x');
  const late = newFolder(folder, false, async (target) => {
    await fill(target);
    await mkdir(folder);
    await writeFile(join(folder, 'other.txt'), 'other');
  });
  await expect(late).rejects.toMatchObject({ code: 'already-exists' });
  expect(await readdir(parent)).toEqual(['x']);
  expect(await readdir(folder)).toEqual(['other.txt']);
});

test('what the file system refuses, and what does not fit', async () => {
  const parent = await temporaryFolder();
  await writeFile(join(parent, 'file'), '');
  const below = newFolder(join(parent, 'file', 'x'), false, fill);
  await expect(below).rejects.toMatchObject({
    code: 'export-failed',
    details: { path: join(parent, 'file', 'x') },
  });
  const large = newFolder(join(parent, 'y'), false, ({ checkRoom }) => checkRoom(2 ** 60));
  await expect(large).rejects.toMatchObject({ code: 'export-failed', details: { needed: 2 ** 60 } });
  await newFolder(join(parent, 'z'), false, ({ checkRoom }) => checkRoom(1));
  expect(await readdir(parent)).toEqual(['file', 'z']);
});
