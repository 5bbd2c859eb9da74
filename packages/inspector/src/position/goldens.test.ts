import { createTestModel } from '@nexttoken/generate/testing';
import { type GoldenArray, goldenFloats, hasShared, readGolden } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { positionTable } from './position-table';

interface ForwardGolden {
  readonly ids: readonly number[];
  readonly vocab: number;
  readonly logits?: GoldenArray;
  readonly argmax: readonly number[];
  readonly nll: GoldenArray;
  readonly perplexity: number;
}

describe.skipIf(!hasShared)('positionTable against transformers', () => {
  test.each(['short', 'bytes', 'dialogue'])(
    'forward/%s: loss a position, perplexity, argmax',
    async (name) => {
      const golden = readGolden<ForwardGolden>(`forward/${name}.json`);
      const { ids, vocab, argmax } = golden;
      const logits = goldenFloats(golden.logits!);
      const nll = goldenFloats(golden.nll);
      const model = createTestModel({
        vocabSize: vocab,
        logitsAfter: (seen) => logits.subarray((seen.length - 1) * vocab, seen.length * vocab),
      });
      const table = await positionTable(model, ids, undefined, { top: 1 });
      expect(table.perplexity! / golden.perplexity).toBeCloseTo(1, 5);
      for (const [index, { prediction }] of table.rows.slice(1).entries()) {
        expect(prediction!.surprisal * Math.LN2).toBeCloseTo(nll[index]!, 4);
        expect(prediction!.alternatives[0]!.id).toBe(argmax[index]);
      }
    },
  );
});
