import type { Checkpoint } from '@nexttoken/checkpoint';
import { describe, expect, test } from 'vitest';
import { blockEncoding } from './encodings/block-encoding';
import { float32Encoding } from './encodings/float-encoding';
import { WeightPlan } from './weight-plan';
import { writeWeights } from './write-weights';

function checkpointOf(tensors: Record<string, number[]>): Checkpoint {
  return { read: async (name: string) => Float32Array.from(tensors[name]!) } as unknown as Checkpoint;
}

describe('writeWeights', () => {
  test('joined parts follow each other, weights begin on page borders', async () => {
    const plan = new WeightPlan();
    plan.add('ab', [{ tensor: 'a' }, { tensor: 'b' }], float32Encoding([2, 2]));
    plan.add('c', [{ tensor: 'c' }], float32Encoding([1]));
    const written: [number, number[]][] = [];
    await writeWeights(checkpointOf({ a: [1, 2], b: [3, 4], c: [5] }), plan, async (chunk, offset) => {
      written.push([offset, [...new Float32Array(chunk.slice().buffer)]]);
    });
    expect(written).toEqual([
      [0, [1, 2]],
      [8, [3, 4]],
      [4096, [5]],
    ]);
    expect(plan.byteLength).toBe(4100);
  });

  test('a tensor of another size than planned is refused by name', async () => {
    const plan = new WeightPlan();
    plan.add('a', [{ tensor: 'a' }], float32Encoding([3]));
    const write = writeWeights(checkpointOf({ a: [1, 2] }), plan, async () => {});
    await expect(write).rejects.toMatchObject({
      code: 'tensor-shape',
      details: { tensor: 'a', expected: 12 },
    });
  });

  test('an abort stops between tensors', async () => {
    const plan = new WeightPlan();
    plan.add('a', [{ tensor: 'a' }], float32Encoding([1]));
    plan.add('b', [{ tensor: 'b' }], float32Encoding([1]));
    const controller = new AbortController();
    const offsets: number[] = [];
    const write = writeWeights(
      checkpointOf({ a: [1], b: [2] }),
      plan,
      async (_, offset) => {
        offsets.push(offset);
        controller.abort();
      },
      { signal: controller.signal },
    );
    await expect(write).rejects.toMatchObject({ name: 'AbortError' });
    expect(offsets).toEqual([0]);
  });

  test('the next tensor is read while blocks are made, once; a failed read is told', async () => {
    const reads: string[] = [];
    const written: string[] = [];
    const info = { dtype: 'Q8_0', shape: [1, 32] };
    const checkpointWithout = (missing: string): Checkpoint =>
      ({
        tensors: new Map(['a', 'b', 'c'].map((name) => [name, info])),
        metadata: {},
        readBytes: async (name: string) => {
          reads.push(name);
          if (name === missing) throw new Error(`no ${name}`);
          return new Uint8Array(34);
        },
      }) as unknown as Checkpoint;
    const plan = new WeightPlan();
    const format = { bits: 8, blockSize: 32, zeros: false, offsets: false, stored: true } as const;
    for (const tensor of ['a', 'b', 'c'])
      plan.add(
        tensor,
        [{ tensor }],
        blockEncoding({ ...format, offsetForm: 'product', rows: 1, columns: 32 }),
      );
    const write = (missing: string) =>
      writeWeights(checkpointWithout(missing), plan, async () => {
        written.push(reads.join(''));
      });
    await write('');
    expect(reads).toEqual(['a', 'b', 'c']);
    expect(written[0]).toBe('ab');
    reads.length = 0;
    await expect(write('b')).rejects.toThrow('no b');
    expect(reads).toEqual(['a', 'b']);
  });
});
