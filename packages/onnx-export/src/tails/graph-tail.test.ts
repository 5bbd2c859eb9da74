import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { goldenIds, hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import { describe, expect, test } from 'vitest';
import { exportDecoder } from '../export-decoder';
import { runDecoder } from '../testing/run-decoder';

const ids = hasShared ? goldenIds(readGolden<{ ids: number[] }>('forward/short.json').ids) : [];
const tail = { top: 5, statistics: true };

/** Maximum, log-sum-exp and entropy of a row, in float64. */
function statisticsOf(row: Float32Array): [number, number, number] {
  const most = Math.max(...row);
  const weights = Array.from(row, (value) => Math.exp(value - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const entropy = weights.reduce((sum, weight) => sum - (weight / total) * Math.log(weight / total || 1), 0);
  return [most, most + Math.log(total), entropy];
}

describe.skipIf(!hasShared)('tails of a graph', () => {
  const opened = () => openCheckpointPath(sharedPath('data/models/stories260k'));

  test.each(['caller-cache', 'standard', 'standard-fused'] as const)(
    '%s: top logits and statistics',
    async (layout) => {
      const checkpoint = await opened();
      const decoder = await runDecoder(checkpoint, { layout, tail });
      const { logits, outputs } = await decoder.forward(ids);
      ids.forEach((_, position) => {
        const row = logits.subarray(position * 512, (position + 1) * 512);
        const expected = statisticsOf(row);
        const actual = ['max', 'logsumexp', 'entropy'].map((name) => outputs[`logits_${name}`]![position]!);
        expected.forEach((value, i) => {
          expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-4);
        });
        const best = [...row.keys()].sort((a, b) => row[b]! - row[a]!).slice(0, 5);
        expect([...outputs.top_ids!.subarray(position * 5, position * 5 + 5)]).toEqual(best);
        expect([...outputs.top_values!.subarray(position * 5, position * 5 + 5)]).toEqual(
          best.map((id) => row[id]),
        );
      });
      await decoder.release();
      await checkpoint.close();
    },
  );

  test.each(['standard', 'standard-fused'] as const)('%s: the last position only', async (layout) => {
    const checkpoint = await opened();
    const whole = await runDecoder(checkpoint, { layout });
    const last = await runDecoder(checkpoint, { layout, tail: { ...tail, lastPosition: true } });
    const expected = (await whole.forward(ids)).logits.slice(-512);
    const { logits, outputs } = await last.forward(ids);
    expect(logits.length).toBe(512);
    expected.forEach((value, id) => {
      expect(Math.abs(logits[id]! - value)).toBeLessThan(1e-5);
    });
    expect([outputs.top_ids!.length, outputs.logits_entropy!.length]).toEqual([5, 1]);
    for (const decoder of [whole, last]) await decoder.release();
    await checkpoint.close();
  });

  test('what cannot be is refused by name', async () => {
    const checkpoint = await opened();
    const exported = (options: object) => () => exportDecoder(checkpoint, options);
    expect(exported({ tail: { lastPosition: true } })).toThrow(
      expect.objectContaining({
        code: 'unsupported-option',
        details: expect.objectContaining({ option: 'tail.lastPosition' }),
      }),
    );
    for (const top of [0, 1.5, 513])
      expect(exported({ tail: { top } })).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    expect(exported({ tail: { topk: 3 } })).toThrow(expect.objectContaining({ code: 'unsupported-option' }));
    await checkpoint.close();
  });
});
