import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import { publishedPackages, root } from '@nexttoken/workspace/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProject, type Project } from './checks/project';
import { preludes } from './readme/preludes';
import { readmeBlocks } from './readme/readme-blocks';
import { readmeProgram } from './readme/readme-program';

const gguf = 'data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf';
const guides = join(root, 'apps/docs/guides');
const readmes = [
  { name: 'nexttoken', file: join(root, 'README.md') },
  ...publishedPackages().map(({ name, folder }) => ({ name, file: join(folder, 'README.md') })),
  ...readdirSync(guides).map((file) => ({
    name: `guide-${file.replace('.md', '')}`,
    file: join(guides, file),
  })),
];
const files = readmes
  .filter(({ file }) => existsSync(file))
  .map(({ name, file }) => ({ name, blocks: readmeBlocks(file) }))
  .filter(({ blocks }) => blocks.length > 0);

describe('the examples of the READMEs and guides run as printed, from packed packages', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createProject('zod@4');
    if (!hasShared) return;
    await mkdir(join(project.folder, 'models'));
    for (const name of ['SmolLM2-135M-Instruct.Q4_1.gguf', 'SmolLM2.gguf'])
      await symlink(sharedPath(gguf), join(project.folder, 'models', name));
    await copyFile(join(sharedPath(gguf), '../config.json'), join(project.folder, 'models/config.json'));
  });
  afterAll(() => project?.remove());

  test.each(files.map(({ name, blocks }) => [name, blocks] as const))('%s', async (name, blocks) => {
    for (const { number, notRun } of blocks)
      if (notRun !== undefined) console.info(`${name}, example ${number}, not run: ${notRun}`);
    const short = name.replace('@nexttoken/', '');
    const program = await readmeProgram(preludes[short] ?? { code: '' }, blocks);
    if (program.includes("'models/") && !hasShared)
      return console.info(`skipped: the examples of ${name} need ${gguf}`);
    const file = `readme-${short}.mjs`;
    const guard = "process.on('uncaughtExceptionMonitor', () => console.error('in example', block));\n";
    await writeFile(join(project.folder, file), guard + program);
    expect(await project.node(file)).toContain('all blocks ran');
  });
});
