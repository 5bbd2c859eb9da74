import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GoldenArray, goldenFloats, hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { load } from '../index';
import { rejection } from '../testing/rejection';
import type { LoadOptions } from './load-types';

const stories = sharedPath('data/models/stories260k');

describe.skipIf(!hasShared)('number formats of a checkpoint', () => {
  let cacheFolder: string;
  beforeAll(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-formats-'));
  });
  afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

  const { ids, logits } = hasShared
    ? readGolden<{ ids: number[]; logits: GoldenArray }>('forward/short.json')
    : { ids: [], logits: [] };

  test.each<[LoadOptions, string, number]>([
    [{}, 'fp32', 2e-4],
    [{ dtype: 'fp16' }, 'fp16', 5e-2],
    [{ dtype: 'q8' }, 'q8 exact', 0.5],
    [{ dtype: 'q8', precision: 'fast' }, 'q8 fast', 0.5],
    [{ dtype: 'q4' }, 'q4 exact', 10],
    [{ dtype: 'int8' }, 'int8', 2],
  ])('%j runs as %s', async (options, dtype, tolerance) => {
    const { model, source, dispose } = await load(stories, { ...options, cacheFolder });
    try {
      expect(model.describe().dtype).toBe(dtype);
      expect(`${source.dtype} ${source.precision}`).toContain(dtype);
      expect(Object.keys(source.matrices ?? {}).length).toBeGreaterThan(0);
      const session = await model.createSession();
      const result = await session.forward([ids], { logits: 'all' });
      const expected = goldenFloats(logits);
      const worst = expected.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - result.logits[0]!.data[i]!)),
        0,
      );
      expect(worst).toBeLessThan(tolerance);
      if (dtype !== 'fp32') expect(worst).toBeGreaterThan(1e-4);
    } finally {
      await dispose();
    }
  });

  test.each<[LoadOptions, string]>([
    [{ precision: 'fast' }, 'precision'],
    [{ dtype: 'fp16', precision: 'fast' }, 'precision'],
    [{ dtype: 'int8', precision: 'exact' }, 'precision'],
    [{ dtype: 'bnb4' }, 'dtype'],
  ])('%j is refused by name', async (options, option) => {
    expect(await rejection(load(stories, { ...options, cacheFolder }))).toMatchObject({
      code: 'unsupported-option',
      details: { option },
    });
  });

  test('a ready-made graph has no choice of precision', async () => {
    const onnx = sharedPath('data/models/stories260k-onnx');
    expect(await rejection(load(onnx, { precision: 'exact' }))).toMatchObject({
      code: 'unsupported-option',
      details: { option: 'precision' },
    });
  });
});
