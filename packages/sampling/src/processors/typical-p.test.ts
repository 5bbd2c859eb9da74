import { softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { describeTruncation } from '../testing/describe-truncation';
import { keptIds } from '../testing/kept-ids';
import { run } from '../testing/run-processor';
import { typicalP } from './typical-p';

const logs = (...probabilities: number[]) => probabilities.map((p) => Math.log(p));

describeTruncation('typicalP', typicalP, { illegal: [0, -0.5, 1.1, Number.NaN], neutral: [1] });

describe('typicalP', () => {
  test('can drop the most likely token', () => {
    // Surprises 0.11, 3.0, 3.0; entropy 0.39: the first is the most typical of these …
    expect(keptIds(run(typicalP(0.2), logs(0.9, 0.05, 0.05)))).toEqual([0]);
    // … here surprises are 0.92, 1.20 (four times), entropy about 1.09.
    expect(keptIds(run(typicalP(0.2), logs(0.4, 0.15, 0.15, 0.15, 0.15)))).toEqual([1, 2, 3, 4]);
  });

  test('minTokensToKeep keeps the most typical ones', () => {
    const row = logs(0.4, 0.3, 0.15, 0.1, 0.05);
    const deviations = [0.4, 0.3, 0.15, 0.1, 0.05].map((q) => Math.abs(-Math.log(q) - 1.394));
    const byTypicality = [0, 1, 2, 3, 4].sort((a, b) => deviations[a]! - deviations[b]!);
    const kept = keptIds(run(typicalP(0.01, { minTokensToKeep: 3 }), row));
    expect(kept).toEqual(byTypicality.slice(0, 3).sort((a, b) => a - b));
  });

  test('removes all tokens less typical than the one that crosses, and none that is more typical', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (row, p) => {
        const q = softmax(row);
        const entropy = q.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
        const deviation = (id: number) => Math.abs(-Math.log(q[id]!) - entropy);
        const kept = keptIds(run(typicalP(p), row));
        const dropped = keptIds(row).filter((id) => !kept.includes(id) && q[id]! > 1e-30);
        const worstKept = Math.max(...kept.filter((id) => q[id]! > 1e-30).map(deviation));
        for (const id of dropped) expect(deviation(id)).toBeGreaterThan(worstKept - 1e-4);
        if (keptIds(row).length > 0) {
          expect(kept.reduce((sum, id) => sum + q[id]!, 0)).toBeGreaterThanOrEqual(p - 1e-5);
        }
      }),
    );
  });
});
