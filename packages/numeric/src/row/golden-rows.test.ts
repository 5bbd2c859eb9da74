import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { topIndices } from '../order/top-indices';
import { entropy } from './entropy';
import { logSumExp } from './log-sum-exp';
import { softmax } from './softmax';

interface NextTokenCase {
  readonly name: string;
  readonly logits?: { readonly b64: string };
  readonly logsumexp: number;
  readonly entropy: number;
  readonly top50_ids: readonly number[];
  readonly top50_probs: readonly number[] | { readonly b64: string };
}

const file = new URL('../../../../../shared/goldens/smollm2/next.json', import.meta.url);
const present = existsSync(file);
if (!present) console.info('golden rows skipped: no shared/goldens/smollm2/next.json beside the repository');

function floats(encoded: { readonly b64: string }): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(encoded.b64, 'base64'));
  return new Float32Array(bytes.buffer);
}

describe.skipIf(!present)('rows of a real model, recorded from torch', () => {
  test('log-sum-exp, entropy, probabilities and top 50 agree', () => {
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: NextTokenCase[] };
    const whole = cases.filter((recorded) => recorded.logits !== undefined);
    expect(whole.length).toBeGreaterThan(0);
    for (const recorded of whole) {
      const row = floats(recorded.logits!);
      expect(logSumExp(row)).toBeCloseTo(recorded.logsumexp, 4);
      expect(entropy(row)).toBeCloseTo(recorded.entropy, 4);
      const best = topIndices(row, 50);
      expect(Array.from(best)).toEqual(recorded.top50_ids);
      const probabilities = softmax(row);
      const expected = Array.isArray(recorded.top50_probs)
        ? (recorded.top50_probs as readonly number[])
        : Array.from(floats(recorded.top50_probs as { b64: string }));
      expect(Array.from(best, (id) => probabilities[id])).toEqual(expected.map((p) => expect.closeTo(p, 6)));
    }
  });
});
