import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installPacked, packPackages, publishedPackages } from '@nexttoken/workspace/testing';

const execute = promisify(execFile);

/** A project outside the repository with every packed package installed in it. */
export interface Project {
  readonly folder: string;
  /** The packed file of a package. */
  tarball(name: string): Promise<ArrayBuffer>;
  /** Runs Node in the project. @returns what it printed */
  node(...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/** @param others further packages of the registry to install */
export async function createProject(...others: string[]): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'nexttoken-consumer-'));
  const tarballs = await packPackages();
  const names = publishedPackages().map(({ name }) => name);
  await installPacked(folder, names, ['onnxruntime-node@1.30.0', 'onnxruntime-web@1.30.0', ...others]);
  return {
    folder,
    async tarball(name) {
      const bytes = await readFile(tarballs.get(name)!);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    },
    async node(...args) {
      const { stdout } = await execute(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 });
      return stdout;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
