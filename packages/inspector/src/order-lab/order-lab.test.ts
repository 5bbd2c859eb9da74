import { chain, minP, temperature, topK, topP } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderLab } from './order-lab';
import { presetOrders } from './preset-orders';

const logits = fc
  .array(fc.float({ min: -6, max: 6, noNaN: true }), { minLength: 8, maxLength: 30 })
  .map((values) => Float32Array.from(values));

describe('orderLab', () => {
  test('a hot temperature before top-p leaves more: Hugging Face keeps what llama.cpp cuts', () => {
    // 70 %, 20 %, 6 %, 4 %: the nucleus of 0.85 is two tokens, of the flattened ones three or four.
    const row = Float32Array.from([0.7, 0.2, 0.06, 0.04], Math.log);
    const lab = orderLab(row, presetOrders({ temperature: 4, topP: 0.85 }));
    expect(lab.orders.map(({ name, kept }) => [name, kept])).toEqual([
      ['Hugging Face', 4],
      ['llama.cpp', 2],
    ]);
    expect(lab.differing).toEqual([2, 0]);
    expect(
      lab.differences.map(({ id, removedBy, removedIn, because }) => ({ id, removedBy, removedIn, because })),
    ).toEqual([
      { id: 2, removedBy: 'topP', removedIn: 1, because: [] },
      { id: 3, removedBy: 'topP', removedIn: 1, because: [] },
    ]);
    expect(lab.differences[0]!.shares[1]).toBe(0);
    expect(lab.differences[0]!.why).toContain('topP removes #2 in the order of llama.cpp');
    const [here, there] = lab.differences[0]!.saw!;
    expect(here).toBeLessThan(there);
    expect(lab.kl).toBe(Number.POSITIVE_INFINITY);
    expect(lab.reverseKl).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  test('what ran before is the cause: temperature before min-p in one order', () => {
    const row = Float32Array.from([0.7, 0.2, 0.06, 0.04], Math.log);
    const [cold, cut] = [temperature(0.5), minP(0.1)];
    const lab = orderLab(row, [
      { name: 'cold first', processors: [cold, cut] },
      { name: 'cut first', processors: [cut, cold] },
    ]);
    expect(lab.differences).toMatchObject([
      { id: 1, removedBy: 'minP', removedIn: 0, because: ['temperature'] },
    ]);
    expect(lab.differences[0]!.why).toContain('behind temperature');
  });

  test('differences are exactly the tokens that one plain chain leaves and the other does not', () => {
    const parts = [temperature(2.5), topK(6), topP(0.8), minP(0.08)];
    fc.assert(
      fc.property(logits, fc.shuffledSubarray(parts, { minLength: 4 }), (row, other) => {
        const lab = orderLab(
          row,
          [
            { name: 'a', processors: parts },
            { name: 'b', processors: chain(...other) },
          ],
          { top: 99 },
        );
        const run = (list: typeof parts) => {
          const scores = row.slice();
          for (const part of list)
            part.process(scores, { ids: [], promptLength: 0, row: 0, batchItem: 0 }, undefined);
          return scores;
        };
        const [a, b] = [run(parts), run(other)];
        const expected = Array.from(row.keys()).filter(
          (id) => (a[id]! === -Infinity) !== (b[id]! === -Infinity),
        );
        expect(lab.differences.map(({ id }) => id).sort((x, y) => x - y)).toEqual(expected);
        for (const { id, removedIn } of lab.differences) expect([a, b][removedIn]![id]).toBe(-Infinity);
        if (expected.length === 0 && a.every((score, id) => score === b[id])) expect(lab.js).toBe(0);
      }),
    );
  });

  test('refusals', () => {
    const [order] = presetOrders({ topK: 2 });
    expect(() => orderLab(Float32Array.of(1), [order, order], { top: -1 })).toThrow('top');
    expect(() => orderLab(Float32Array.of(Number.NaN), [order, order])).toThrow('NaN');
    expect(() => orderLab(Float32Array.of(1), [order, order], { topk: 1 } as object)).toThrow('topk');
  });
});
