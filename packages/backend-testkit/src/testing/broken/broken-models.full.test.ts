import { expect, test, vi } from 'vitest';
import { referenceOutputLayer } from '../reference-output-layer';
import { runKit } from '../run-kit';
import { brokenAborts } from './broken-aborts';
import { brokenAttention } from './broken-attention';
import { brokenCaptures } from './broken-captures';
import { brokenTops } from './broken-top';

vi.spyOn(console, 'info').mockImplementation(() => undefined);

/** Mistakes that nothing else rests on; those of `forward`, the cache or the rows take others with them. */
test.each([...brokenAttention, ...brokenCaptures, ...brokenTops, ...brokenAborts])(
  'exactly $suite sees: $mistake',
  async ({ suite, create }) => {
    const reports = await runKit(create, { outputLayer: referenceOutputLayer() });
    const failed = reports.filter(({ status }) => status === 'failed').map((report) => report.suite);
    expect([...new Set(failed)]).toEqual([suite]);
  },
);
