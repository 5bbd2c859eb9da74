import { createRandom } from '@nexttoken/numeric';
import { chain, minP, temperature, topK, topP, typicalP, xtc } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTokenTable } from '../next-token/next-token-table';
import { ablateProcessors } from './ablate-processors';
import { rescueToken } from './rescue-token';

const logOf = (...probabilities: number[]) => Float32Array.from(probabilities, (p) => Math.log(p));
const row = logOf(0.5, 0.25, 0.15, 0.06, 0.04);

describe('ablateProcessors', () => {
  test('what each removes alone, and what only it removes', () => {
    // top-k leaves 3, min-p of 0.2 leaves those above 0.1: the same three. top-p 0.7 leaves two.
    const found = ablateProcessors(row, { processors: [topK(3), chain(minP(0.2), topP(0.7))] });
    expect(found.kept).toBe(2);
    expect(
      found.stages.map(({ name, alone, without }) => [
        name,
        alone.kept,
        alone.removed,
        without.kept,
        without.rescued,
      ]),
    ).toEqual([
      ['topK', 3, 2, 2, 0],
      ['minP', 3, 2, 2, 0],
      ['topP', 2, 3, 3, 1],
    ]);
    const [first, , last] = found.stages;
    expect(first!.alone.removedMass).toBeCloseTo(0.1, 6);
    expect(first!.without.js).toBe(0);
    expect(last!.without.tokens).toMatchObject([{ id: 2, probability: expect.closeTo(0.15, 6) }]);
    expect(last!.without.js).toBeGreaterThan(0.01);
  });

  test('a stage that tosses tosses alike in every comparison', () => {
    const random = createRandom(3);
    const found = ablateProcessors(row, { processors: [temperature(1), xtc(0.5)], context: { random } });
    expect(found.stages[0]!.without).toMatchObject({ js: 0, rescued: 0 });
  });

  test('refusals', () => {
    expect(() => ablateProcessors(row, { processors: topK(1), top: -1 })).toThrow('top');
    expect(() => ablateProcessors(row, { processors: xtc(1) })).toThrow('random');
  });
});

describe('rescueToken', () => {
  test('the least k, p, min-p', () => {
    expect(rescueToken(row, 3, { processors: topK(2) })).toMatchObject({
      removedBy: 'topK',
      changes: [{ stage: 'topK', parameter: 'k', from: 2, to: 4 }],
      rescued: true,
    });
    const nucleus = rescueToken(row, 3, { processors: topP(0.6) });
    expect(nucleus.changes).toMatchObject([{ parameter: 'p', from: 0.6, to: expect.closeTo(0.9, 4) }]);
    const cut = rescueToken(row, 3, { processors: minP(0.3) });
    expect(cut.changes).toMatchObject([{ from: 0.3, to: expect.closeTo(0.12, 4) }]);
    expect([nucleus.rescued, cut.rescued]).toEqual([true, true]);
  });

  test('nothing to do, or nothing that can be done', () => {
    expect(rescueToken(row, 0, { processors: topK(2) })).toMatchObject({ changes: [], rescued: true });
    expect(rescueToken(row, 0, { processors: topK(2) }).removedBy).toBeUndefined();
    const typical = rescueToken(row, 4, { processors: typicalP(0.3) });
    expect(typical).toMatchObject({ removedBy: 'typicalP', changes: [], rescued: false, share: 0 });
    expect(() => rescueToken(row, 5, { processors: topK(1) })).toThrow('[0, 5)');
  });

  test('any chain of the three: the changed knobs keep it, a little less does not', () => {
    const logits = fc
      .uniqueArray(fc.integer({ min: -60, max: 60 }), { minLength: 6, maxLength: 24 })
      .map((values) => Float32Array.from(values, (value) => value / 10));
    fc.assert(
      fc.property(
        logits,
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.nat(5),
        (scores, k, p, id) => {
          const processors = [temperature(1.3), topK(k), topP(p), minP(p / 3)];
          const found = rescueToken(scores, id, { processors });
          expect(found.rescued).toBe(true);
          const table = nextTokenTable(scores, undefined, { processors, top: scores.length });
          expect(found.removedBy).toBe(table.rows.find((each) => each.id === id)!.removedBy);
          const knob = found.changes.find(({ stage }) => stage === 'topK');
          if (knob) expect(knob.to).toBe(scores.filter((score) => score >= scores[id]!).length);
        },
      ),
    );
  });
});
