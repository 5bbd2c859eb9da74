import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type GoldenArray,
  goldenFloats,
  goldenIds,
  hasShared,
  readGolden,
  sharedPath,
} from '@nexttoken/goldens';
import type { AttentionPatterns } from '@nexttoken/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';
import { rejection } from '../testing/rejection';

interface ForwardGolden {
  readonly ids: GoldenArray;
  readonly attention_last_row: GoldenArray;
}

const stories = sharedPath('data/models/stories260k');
const golden = (name: string) => readGolden<ForwardGolden>(`forward/${name}.json`);
const capture = { attention: true };

/** What the last position attends to, `[layers, heads, keys]`. */
function lastRows({ data, layers, heads, positions, keys }: AttentionPatterns): number[] {
  return Array.from({ length: layers * heads }, (_, plane) => {
    const end = (plane + 1) * positions * keys;
    return [...data.subarray(end - keys, end)];
  }).flat();
}

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-4): void {
  expect(actual.length).toBe(expected.length);
  const worst = Array.from(expected).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - actual[i]!)),
    0,
  );
  expect(worst).toBeLessThan(tolerance);
}

describe.skipIf(!hasShared)('attention patterns of stories260k', () => {
  let loaded: LoadedModel;
  let cacheFolder: string;
  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-attention-'));
    loaded = await load(stories, { cacheFolder, attention: true });
  });
  afterAll(async () => {
    await loaded?.dispose();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  const patternOf = async (pieces: readonly (readonly number[])[]) => {
    const session = await loaded.model.createSession();
    let last: AttentionPatterns | null | undefined;
    for (const piece of pieces)
      last = (await session.forward([piece], { logits: 'none', capture })).attention![0];
    await session.dispose();
    return last!;
  };

  test.each(['short', 'bytes', 'dialogue', 'long'])('%s: what the last position attends to', async (name) => {
    const { ids, attention_last_row } = golden(name);
    const text = goldenIds(ids);
    const expected = goldenFloats(attention_last_row);
    const whole = await patternOf([text]);
    expect([whole.layers, whole.heads, whole.positions, whole.keys]).toEqual([
      5,
      8,
      text.length,
      text.length,
    ]);
    close(lastRows(whole), expected);
    close(lastRows(await patternOf([text.slice(0, -3), text.slice(-3)])), expected);
  });

  test('every row sums to 1 and sees nothing behind itself', async () => {
    const { data, layers, heads, positions, keys } = await patternOf([goldenIds(golden('long').ids)]);
    for (let row = 0; row < layers * heads * positions; row++) {
      const weights = data.subarray(row * keys, (row + 1) * keys);
      expect(weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
      expect(weights.subarray((row % positions) + 1).every((value) => value === 0)).toBe(true);
    }
  });

  test('rows that share a beginning have their own patterns', async () => {
    const text = goldenIds(golden('short').ids);
    const [begin, ends] = [text.slice(0, 12), [text.slice(12), [...text.slice(12, 15)], [9, 4]]];
    const session = await loaded.model.createSession();
    await session.forward([begin]);
    await session.select([0, 0, 0]);
    const { attention } = await session.forward(ends, { logits: 'none', capture });
    const sitting = await session.forward([[5], [], [6]], { capture });
    expect(sitting.attention!.map((row) => row?.keys)).toEqual([text.length + 1, undefined, 15]);
    await session.dispose();
    for (const [row, end] of ends.entries())
      close(attention![row]!.data, (await patternOf([begin, end])).data, 1e-5);
  });

  test('who did not load it cannot capture it', async () => {
    const { model, dispose } = await load(stories, { cacheFolder });
    expect(model.capabilities.attention).toBe(false);
    const session = await model.createSession();
    expect(await rejection(session.forward([[1]], { capture }))).toMatchObject({
      code: 'unsupported-capability',
      details: { capability: 'attention' },
    });
    await dispose();
    const onnx = sharedPath('data/models/stories260k-onnx');
    expect(await rejection(load(onnx, { attention: true }))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'attention' },
    });
  });
});
