import type { LanguageModel } from '@nexttoken/model';
import { check } from './check';

export interface Comparison {
  readonly tolerance: number;
  readonly model: Pick<LanguageModel, 'capabilities'>;
  /** Which row and position this is, for the message. */
  readonly what: string;
}

/**
 * Fails when a logit differs by more than the tolerance. With `logits: { top }` an id may be known on
 * one side only if it is within the tolerance of the least known one on the other.
 */
export function compareRow(actual: Float32Array, expected: ArrayLike<number>, comparison: Comparison): void {
  const { tolerance, model, what } = comparison;
  check(
    actual.length === expected.length,
    `${what}: ${expected.length} logits expected, got ${actual.length}`,
  );
  const floors = model.capabilities.logits === 'full' ? undefined : [least(actual), least(expected)];
  let worst = -1;
  let largest = 0;
  let wrong = 0;
  for (let id = 0; id < actual.length; id++) {
    const difference = distance(actual[id]!, expected[id]!, floors);
    if (difference <= tolerance) continue;
    wrong++;
    if (difference > largest || worst < 0) [worst, largest] = [id, difference];
  }
  check(
    wrong === 0,
    () =>
      `${what}: ${wrong} of ${actual.length} logits differ by more than ${tolerance}; ` +
      `the largest difference is ${largest.toPrecision(3)} at id ${worst}: expected ${expected[worst]}, got ${actual[worst]}`,
  );
}

function distance(actual: number, expected: number, floors: readonly number[] | undefined): number {
  if (actual === expected) return 0;
  if (floors && actual === Number.NEGATIVE_INFINITY) return Math.max(0, expected - floors[0]!);
  if (floors && expected === Number.NEGATIVE_INFINITY) return Math.max(0, actual - floors[1]!);
  const difference = Math.abs(actual - expected);
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}

function least(row: ArrayLike<number>): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let id = 0; id < row.length; id++) {
    if (Number.isFinite(row[id]!)) lowest = Math.min(lowest, row[id]!);
  }
  return lowest;
}
