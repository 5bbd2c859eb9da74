import { type GoldenArray, goldenFloats, goldenIds } from '@nexttoken/goldens';
import { expect } from 'vitest';
import type { DecoderAnswer } from './run-decoder';

/** A text with what Hugging Face computes of it, as the goldens and our own answers spell it. */
export interface ForwardGolden {
  readonly ids: GoldenArray;
  readonly logits?: GoldenArray;
  /** Of long texts, instead of all logits. */
  readonly top20_ids?: GoldenArray;
  readonly top20_logits?: GoldenArray;
  readonly argmax?: GoldenArray;
  readonly hidden_states: readonly { readonly last: readonly number[]; readonly projection?: GoldenArray }[];
  readonly attention_last_row: GoldenArray;
}

export interface Tolerances {
  readonly logits: number;
  readonly hidden: number;
  readonly attention: number;
}

/** Those of the goldens. */
const goldenTolerances: Tolerances = { logits: 2e-4, hidden: 1e-3, attention: 1e-4 };

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string) {
  expect(actual.length, what).toBe(expected.length);
  let most = 0;
  for (let i = 0; i < expected.length; i++) most = Math.max(most, Math.abs(actual[i]! - expected[i]!));
  // NaN is no difference to Math.max alone.
  expect(Array.from(actual).every(Number.isFinite), what).toBe(true);
  expect(most, what).toBeLessThanOrEqual(tolerance);
}

/** Where the greatest value of a row stands. */
export const argmaxOf = (row: Float32Array) =>
  row.indexOf(row.reduce((best, value) => Math.max(best, value)));

/** @param matrix `[width, 4]`, for hidden states that are stored as projections */
export function expectGolden(
  { logits, keys, outputs }: DecoderAnswer,
  golden: ForwardGolden,
  {
    matrix,
    tolerances = goldenTolerances,
  }: { readonly matrix?: Float32Array; readonly tolerances?: Tolerances } = {},
): void {
  const positions = goldenIds(golden.ids).length;
  if (golden.logits) expectNear(logits, goldenFloats(golden.logits), tolerances.logits, 'logits');
  const vocabSize = logits.length / positions;
  if (golden.top20_ids && golden.top20_logits) {
    const top = goldenIds(golden.top20_ids).map((id, i) => logits[Math.floor(i / 20) * vocabSize + id]!);
    expectNear(top, goldenFloats(golden.top20_logits), tolerances.logits, 'top 20 logits');
  }
  if (golden.argmax)
    expect(
      Array.from({ length: positions }, (_, i) =>
        argmaxOf(logits.subarray(i * vocabSize, (i + 1) * vocabSize)),
      ),
    ).toEqual(goldenIds(golden.argmax));
  golden.hidden_states.forEach(({ last, projection }, layer) => {
    const states = outputs[`hidden.${layer}`];
    if (!states) return;
    expectNear(states.subarray(-last.length), last, tolerances.hidden, `hidden states ${layer}`);
    if (!projection || !matrix) return;
    const projected = projectionOf(states, last.length, matrix);
    expectNear(projected, goldenFloats(projection), tolerances.hidden, `projection ${layer}`);
  });
  const attention = goldenFloats(golden.attention_last_row);
  const layers = golden.hidden_states.length - 1;
  const size = attention.length / layers;
  for (let layer = 0; layer < layers; layer++) {
    const pattern = outputs[`blocks.${layer}.attn.hook_pattern`];
    if (!pattern) continue;
    const expected = attention.subarray(layer * size, (layer + 1) * size);
    expectNear(lastRows(pattern, positions, keys), expected, tolerances.attention, `attention ${layer}`);
  }
}

function projectionOf(states: Float32Array, width: number, matrix: Float32Array): Float32Array {
  const columns = matrix.length / width;
  return Float32Array.from({ length: (states.length / width) * columns }, (_, index) => {
    const from = Math.floor(index / columns) * width;
    let sum = 0;
    for (let i = 0; i < width; i++) sum += states[from + i]! * matrix[i * columns + (index % columns)]!;
    return sum;
  });
}

/** What the last position attends to, of a pattern `[heads, positions, keys]`; masked room comes first. */
function lastRows(pattern: Float32Array, positions: number, keys: number): Float32Array {
  const heads = pattern.length / (positions * keys);
  const rows = new Float32Array(heads * positions);
  for (let head = 0; head < heads; head++) {
    const end = (head + 1) * positions * keys;
    rows.set(pattern.subarray(end - positions, end), head * positions);
  }
  return rows;
}
