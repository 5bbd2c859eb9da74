import type { AttentionPatterns } from '@nexttoken/model';
import { check, fail } from './check';

/** What one row's patterns must cover. */
export interface AttentionSpan {
  /** New positions. */
  readonly positions: number;
  /** The row's length after the call. */
  readonly keys: number;
  /** How far a sum may be from 1. */
  readonly tolerance: number;
  readonly what: string;
}

/**
 * Checks one `AttentionPatterns` against its contract: a Float32Array of `[layers, heads, positions, keys]`, no weight
 * below 0, each position's weights 0 behind it and together 1.
 * @returns the patterns
 */
export function checkAttention(
  patterns: AttentionPatterns | null | undefined,
  { positions, keys, tolerance, what }: AttentionSpan,
): AttentionPatterns {
  if (patterns === null || patterns === undefined) fail(`${what}: expected attention, got ${patterns}`);
  const { data, layers, heads } = patterns;
  check(
    Object.prototype.toString.call(data) === '[object Float32Array]',
    () => `${what}: attention.data must be a Float32Array`,
  );
  check(layers >= 1 && heads >= 1, `${what}: at least one layer and head, got ${layers} and ${heads}`);
  check(
    patterns.positions === positions && patterns.keys === keys,
    `${what}: expected ${positions} position(s) and ${keys} key(s), got ${patterns.positions} and ${patterns.keys}`,
  );
  check(
    data.length === layers * heads * positions * keys,
    `${what}: attention.data must hold ${layers} x ${heads} x ${positions} x ${keys} values, got ${data.length}`,
  );
  for (let line = 0; line < layers * heads * positions; line++) {
    const position = line % positions;
    const head = Math.floor(line / positions);
    const where = `${what}, layer ${Math.floor(head / heads)}, head ${head % heads}, position ${position}`;
    checkLine(data.subarray(line * keys, (line + 1) * keys), keys - positions + position, tolerance, where);
  }
  return patterns;
}

/** @param own the key that the position itself is */
function checkLine(weights: Float32Array, own: number, tolerance: number, where: string): void {
  const bad = weights.findIndex((weight, key) => !(weight >= 0) || (key > own && weight !== 0));
  check(
    bad < 0,
    () => `${where}: key ${bad} has the weight ${weights[bad]}${bad > own ? ' although it comes later' : ''}`,
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  check(Math.abs(sum - 1) <= tolerance, `${where}: the weights sum to ${sum}, not to 1`);
}

/** Fails when a weight differs by more than `tolerance`. */
export function compareAttention(
  actual: AttentionPatterns,
  expected: AttentionPatterns,
  { tolerance, what }: { readonly tolerance: number; readonly what: string },
): void {
  const shape = ({ layers, heads }: AttentionPatterns) => `${layers} layers of ${heads} heads`;
  check(shape(actual) === shape(expected), `${what}: expected ${shape(expected)}, got ${shape(actual)}`);
  const wrong = expected.data.findIndex((weight, i) => !(Math.abs(weight - actual.data[i]!) <= tolerance));
  check(wrong < 0, () => {
    const { keys, positions } = expected;
    const line = Math.floor(wrong / keys);
    const place = `line ${Math.floor(line / positions)}, position ${line % positions}, key ${wrong % keys}`;
    return `${what}: ${place}: expected ${expected.data[wrong]}, got ${actual.data[wrong]}`;
  });
}
