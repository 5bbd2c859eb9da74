import { LogitsProcessor, LogitsProcessorList, Tensor } from '@huggingface/transformers';
import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { dry } from '../processors/dry';
import { minNewTokens } from '../processors/min-new-tokens';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { topK } from '../processors/top-k';
import { xtc } from '../processors/xtc';
import { categorical } from '../samplers/categorical';
import { mirostatV2 } from '../samplers/mirostat-v2';
import { countingProcessor } from '../testing/counting-processor';
import { transformersJsProcessor, transformersJsProcessorList } from './transformers-js';

const library = { LogitsProcessor, LogitsProcessorList };
const gone = Number.NEGATIVE_INFINITY;

const batch = (...rows: readonly (readonly number[])[]) =>
  new Tensor('float32', Float32Array.from(rows.flat()), [rows.length, rows[0]!.length]);
const scoresOf = (tensor: Tensor) => Array.from(tensor.data as Float32Array);
const idsOf = (...ids: number[]) => ids.map(BigInt);

describe('transformersJsProcessor', () => {
  test('is a LogitsProcessor of the library, and its list holds it', () => {
    expect(transformersJsProcessor(library, topK(1))).toBeInstanceOf(LogitsProcessor);
    const list: LogitsProcessorList = transformersJsProcessorList(library, topK(1));
    expect(list).toBeInstanceOf(LogitsProcessorList);
    const logits = batch([1, 3, 2]);
    expect(list([idsOf(0)], logits)).toBe(logits);
    expect(scoresOf(logits)).toEqual([gone, 3, gone]);
  });

  test('every row of a batch has its own ids', () => {
    const processor = transformersJsProcessor(library, repetitionPenalty(2));
    const logits = batch([4, 4, 4], [4, 4, 4]);
    processor([idsOf(0, 0), idsOf(2, 1)], logits);
    expect(scoresOf(logits)).toEqual([2, 4, 4, 4, 2, 2]);
  });

  test('rows go on: new ids of the same arrays are accepted once each, the prompt is not', () => {
    const processor = transformersJsProcessor(library, countingProcessor());
    const ids = [idsOf(5, 6), idsOf(7)];
    const seen = () => {
      const logits = batch([0, 0, 0], [0, 0, 0]);
      processor(ids, logits);
      return scoresOf(logits);
    };
    expect(seen()).toEqual([0, 2, 2, 0, 1, 1]);
    ids[0]!.push(8n);
    ids[1]!.push(9n);
    expect(seen()).toEqual([1, 2, 3, 1, 1, 2]);
    ids[0]!.push(8n, 8n);
    expect(seen()).toEqual([3, 2, 5, 1, 1, 2]);
    // New arrays: another call of generate.
    ids[0] = idsOf(1, 2, 3);
    expect(seen()).toEqual([0, 3, 3, 1, 1, 2]);
    // Ids that were taken back: the row begins anew.
    ids[0].pop();
    expect(seen()).toEqual([0, 2, 2, 1, 1, 2]);
  });

  test('promptLength is that of the row when it came', () => {
    const processor = transformersJsProcessor(library, minNewTokens(2, { endTokenIds: [1] }));
    const ids = [idsOf(0, 0, 0)];
    const banned = () => {
      const logits = batch([0, 0]);
      processor(ids, logits);
      return scoresOf(logits)[1] === gone;
    };
    const steps = Array.from({ length: 4 }, () => {
      const is = banned();
      ids[0]!.push(0n);
      return is;
    });
    expect(steps).toEqual([true, true, false, false]);
  });

  test('a sampler leaves nothing but its choice; its state goes on', () => {
    const random = createRandom(3);
    const processor = transformersJsProcessor(library, chain(topK(2)), { sampler: categorical(), random });
    const counts = [0, 0, 0];
    for (let i = 0; i < 400; i++) {
      const logits = batch([1, 1, 0]);
      processor([idsOf(0)], logits);
      const chosen = scoresOf(logits).indexOf(0);
      expect(scoresOf(logits).filter((score) => score === gone)).toHaveLength(2);
      counts[chosen]!++;
    }
    expect(counts[2]).toBe(0);
    expect(Math.min(counts[0]!, counts[1]!)).toBeGreaterThan(150);

    const mirostat = mirostatV2(1);
    const states: unknown[] = [];
    const spy = {
      ...mirostat,
      sample: (...given: Parameters<typeof mirostat.sample>) => {
        states.push(given[2]);
        return mirostat.sample(...given);
      },
    };
    const choosing = transformersJsProcessor(library, chain(), { sampler: spy, random });
    const ids = [idsOf(0)];
    for (let i = 0; i < 3; i++) choosing(ids, batch([2, 1, 0]));
    expect(states[0]).toEqual({ mu: 2 });
    expect(new Set(states.map((state) => (state as { mu: number }).mu)).size).toBe(3);
  });

  test('each row has its own random source: what it draws does not depend on the others', () => {
    const run = (rows: number) => {
      const options = { sampler: categorical(), random: createRandom(9) };
      const processor = transformersJsProcessor(library, chain(), options);
      const ids = Array.from({ length: rows }, () => idsOf(1));
      return Array.from({ length: 20 }, () => {
        const logits = batch(...ids.map(() => [1, 1, 1, 1]));
        processor(ids, logits);
        return scoresOf(logits).slice(0, 4).indexOf(0);
      });
    };
    expect(run(3)).toEqual(run(1));
    expect(new Set(run(1)).size).toBeGreaterThan(2);
  });

  test.each<[() => unknown, string, object]>([
    [
      () => transformersJsProcessor(library, categorical() as never),
      'invalid-parameter',
      { parameter: 'processor' },
    ],
    [() => transformersJsProcessor(library, xtc(0.5)), 'invalid-parameter', { parameter: 'random' }],
    [
      () => transformersJsProcessor(library, topK(1), { sampler: categorical() }),
      'invalid-parameter',
      { parameter: 'random' },
    ],
    [
      () => transformersJsProcessor(library, topK(1), { sampler: topK(1) as never }),
      'invalid-parameter',
      { parameter: 'sampler' },
    ],
    [
      () => transformersJsProcessor(library, topK(1), { seed: 1 } as never),
      'unsupported-option',
      { option: 'seed' },
    ],
    [
      () => transformersJsProcessor(library, { ...topK(1), requires: { siblings: true } }),
      'unsupported-capability',
      { capability: 'siblings' },
    ],
    [
      () => transformersJsProcessor(library, { ...topK(1), requires: { guidance: true } }),
      'unsupported-capability',
      { capability: 'guidance' },
    ],
    [
      () =>
        transformersJsProcessor(library, dry(1))(
          [idsOf(1)],
          new Tensor('float32', new Float32Array(4), [2, 2]),
        ),
      'invalid-parameter',
      { parameter: 'logits' },
    ],
  ])('refuses %s', (make, code, details) => {
    expect(make).toThrow(expect.objectContaining({ code, details: expect.objectContaining(details) }));
  });
});
