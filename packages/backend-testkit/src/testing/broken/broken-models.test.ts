import { describe, expect, test, vi } from 'vitest';
import { suiteNames } from '../../kit/test-backend';
import { referenceOutputLayer } from '../reference-output-layer';
import { runKit } from '../run-kit';
import { brokenAborts } from './broken-aborts';
import { brokenAnswers } from './broken-answers';
import { brokenAttention } from './broken-attention';
import { brokenBranches } from './broken-branches';
import { brokenCache } from './broken-cache';
import { brokenCaptures } from './broken-captures';
import { brokenExits } from './broken-exits';
import { brokenLifetime } from './broken-lifetime';
import { brokenRefusals } from './broken-refusals';
import { brokenTops } from './broken-top';

const broken = [
  ...brokenAttention,
  ...brokenExits,
  ...brokenCache,
  ...brokenCaptures,
  ...brokenAnswers,
  ...brokenBranches,
  ...brokenRefusals,
  ...brokenAborts,
  ...brokenLifetime,
  ...brokenTops,
];

describe('every mistake is caught by the suite that is named for it', () => {
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  test.for(broken)('$suite: $mistake', async ({ suite, test: name, create, options }) => {
    const models: ReturnType<typeof create>[] = [];
    const createModel = () => {
      models.push(create());
      return models.at(-1)!;
    };
    const liveHandles = () => models.reduce((sum, { sessions }) => sum + sessions.size, 0);
    const reports = await runKit(createModel, {
      suites: [suite],
      liveHandles,
      outputLayer: referenceOutputLayer(),
      ...options,
    });
    const failed = reports.filter(({ status }) => status === 'failed').map((report) => report.test);
    expect(failed.join('\n')).toContain(name);
  });

  test('the list names every suite except the one that needs answers of somebody else', () => {
    const suites = new Set(broken.map(({ suite }) => suite));
    expect(suiteNames.filter((name) => !suites.has(name))).toEqual(['reference']);
  });
});
