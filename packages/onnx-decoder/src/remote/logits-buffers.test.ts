import { expect, test } from 'vitest';
import { packLogits } from './logits-buffers';

const row = (...values: number[]) => ({
  data: Float32Array.from(values),
  positions: 1,
  vocabSize: values.length,
});

test('a buffer that came back and fits is used again, one that does not is dropped', () => {
  const fitting = new ArrayBuffer(12);
  const { logits, transfer } = packLogits([row(1, 2, 3), null, row(4, 5)], [new ArrayBuffer(4), fitting]);
  expect(transfer[0]).toBe(fitting);
  expect(transfer.length).toBe(2);
  expect(logits.map((entry) => entry && [...entry.data])).toEqual([[1, 2, 3], null, [4, 5]]);
});

test('two rows never share a buffer', () => {
  const { transfer } = packLogits([row(1), row(2)], [new ArrayBuffer(4)]);
  expect(new Set(transfer).size).toBe(2);
});
