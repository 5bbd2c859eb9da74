import { type GoldenArray, goldenFloats, hasShared, readGolden } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { topIndices } from '../order/top-indices';
import { entropy } from './entropy';
import { logSumExp } from './log-sum-exp';
import { softmax } from './softmax';

interface NextTokenCase {
  readonly name: string;
  readonly logits?: GoldenArray;
  readonly logsumexp: number;
  readonly entropy: number;
  readonly top50_ids: readonly number[];
  readonly top50_probs: GoldenArray;
}

describe.skipIf(!hasShared)('rows of a real model, recorded from torch', () => {
  test('log-sum-exp, entropy, probabilities and top 50 agree', () => {
    const { cases } = readGolden<{ cases: NextTokenCase[] }>('smollm2/next.json');
    const whole = cases.filter((recorded) => recorded.logits !== undefined);
    expect(whole.length).toBeGreaterThan(0);
    for (const recorded of whole) {
      const row = goldenFloats(recorded.logits!);
      expect(logSumExp(row)).toBeCloseTo(recorded.logsumexp, 4);
      expect(entropy(row)).toBeCloseTo(recorded.entropy, 4);
      const best = topIndices(row, 50);
      expect(Array.from(best)).toEqual(recorded.top50_ids);
      const probabilities = softmax(row);
      const expected = Array.from(goldenFloats(recorded.top50_probs));
      expect(Array.from(best, (id) => probabilities[id])).toEqual(expected.map((p) => expect.closeTo(p, 6)));
    }
  });
});
