import { npm } from '@nexttoken/workspace/npm';
import { publishedPackages } from '@nexttoken/workspace/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkConsumers } from './checks/check-consumers';
import { checkLicenses } from './checks/check-licenses';
import { checkManifests } from './checks/check-manifests';
import { checkSizes } from './checks/check-sizes';
import { createProject, type Project } from './checks/project';

describe('what would be published', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createProject();
  });
  afterAll(() => project?.remove());

  checkManifests(() => project);
  checkLicenses(() => project);
  checkSizes(() => project);
  checkConsumers(() => project);

  test.each(publishedPackages().flatMap((entry) => entry.entries))('%s imports', async (entry) => {
    const code = `const all = await import(${JSON.stringify(entry)}); console.log(Object.keys(all).length);`;
    expect(Number(await project.node('--input-type=module', '--eval', code))).toBeGreaterThanOrEqual(0);
  });

  test('the command answers', async () => {
    const stdout = await npm(
      ['exec', '--', 'nexttoken', 'next', '--prompt', 'The capital of France is', '--json'],
      project.folder,
    );
    expect(JSON.parse(stdout).candidates[0].token).toContain('Paris');
  });
});
