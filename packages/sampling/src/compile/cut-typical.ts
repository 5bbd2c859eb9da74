import type { CandidateList } from './candidate-list';
import { chunkSize } from './chunk-size';
import { sortPositions } from './sort-positions';
import { stepsPerNat, tableError, weightAt } from './weight-table';

const binCount = 1024;
const bins = /* @__PURE__ */ new Float64Array(binCount);

/** Half a step of float32, relative: 2^-24. */
const half = 5.9604644775390625e-8;

/** What is known of the whole row's distribution. */
export interface Distribution {
  /** log Σ exp(score). */
  readonly logTotal: number;
  /** In nats. */
  readonly entropy: number;
  /** Bound of the error of both. */
  readonly error: number;
}

/** What typical-p is to do. */
export interface TypicalRule {
  /** Half a float32 step beside p: sums above it are enough. */
  readonly line: number;
  readonly minTokensToKeep: number;
  /** What becomes of tokens as typical as the one that crosses. */
  readonly ties: 'keep' | 'cut';
}

const anyOrder = (a: number, b: number) => a < b;

const probabilityOf = (score: number, logTotal: number) => weightAt((logTotal - score) * stepsPerNat);

/** Writes the deviations of a part of the list into `weights`; returns the largest one within reach. */
function measureChunk(
  { scores, weights }: CandidateList,
  begin: number,
  end: number,
  expected: number,
  reach: number,
): number {
  let largest = 0;
  for (let i = begin; i < end; i++) {
    const deviation = Math.abs(scores[i]! - expected);
    weights[i] = deviation;
    if (deviation > largest && deviation < reach) largest = deviation;
  }
  return largest;
}

/** Adds the probabilities of a part of the list to the bins of their deviations. */
function addChunk(
  { scores, weights }: CandidateList,
  begin: number,
  end: number,
  logTotal: number,
  reach: number,
  binsPerNat: number,
): void {
  const sums = bins;
  for (let i = begin; i < end; i++) {
    const deviation = weights[i]!;
    if (deviation < reach) sums[(deviation * binsPerNat) | 0]! += probabilityOf(scores[i]!, logTotal);
  }
}

/**
 * Typical-p on a list that holds every token whose surprise differs from the entropy by less than `reach`:
 * keeps the most typical ones until their probabilities sum to `line`, the one that crosses included.
 *
 * The stage's own rule takes surprise, entropy and deviation in float32. That cannot change the outcome
 * when no other token's deviation is about that of the one that crosses, and the sum is not about the line.
 *
 * @param reach nats; Infinity when the list is the whole row
 * @returns `short` when the line is not reached within `reach`; `unsure` when rounding could decide
 */
export function cutTypical(
  list: CandidateList,
  { logTotal, entropy, error }: Distribution,
  { line, minTokensToKeep, ties }: TypicalRule,
  reach: number,
): 'cut' | 'short' | 'unsure' {
  const { scores, weights, positions, count } = list;
  const expected = logTotal - entropy;
  let largest = 0;
  for (let begin = 0; begin < count; begin += chunkSize) {
    const end = Math.min(begin + chunkSize, count);
    largest = Math.max(largest, measureChunk(list, begin, end, expected, reach));
  }
  const binsPerNat = (binCount - 1) / Math.max(largest, 1e-30);
  bins.fill(0);
  for (let begin = 0; begin < count; begin += chunkSize) {
    addChunk(list, begin, Math.min(begin + chunkSize, count), logTotal, reach, binsPerNat);
  }
  let sum = 0;
  let bin = 0;
  while (bin < binCount && sum + bins[bin]! < line) sum += bins[bin++]!;
  if (bin === binCount) return 'short';

  let members = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i]! < reach && ((weights[i]! * binsPerNat) | 0) === bin) positions[members++] = i;
  }
  sortPositions(positions, members, weights, anyOrder);
  const probabilityAt = (i: number) => probabilityOf(scores[positions[i]!]!, logTotal);
  let crossing = 0;
  while (crossing < members - 1 && sum + probabilityAt(crossing) < line) sum += probabilityAt(crossing++);
  const position = positions[crossing]!;
  const deviation = weights[position]!;
  const sumError = sum * (2 * half + 2 * error + 2 * tableError) + 1e-11;
  if (sum > line - sumError) return 'unsure';
  if (sum + probabilityAt(crossing) < line + sumError) return 'unsure';

  // Rounding of two surprises, of the deviation, and of the entropy (four roundings of its terms and itself).
  const surprise = entropy + deviation + 1;
  const sameSide = 4 * half * (surprise + deviation);
  const otherSide = sameSide + 8 * half * entropy + 4 * error;
  if (deviation <= otherSide) return 'unsure';
  if (deviation + otherSide >= reach) return 'short';
  const isBelow = scores[position]! < expected;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const difference = Math.abs(weights[i]! - deviation);
    // Equal scores tie in any arithmetic: they stay with the one that crosses, unless ties are cut.
    if (difference <= otherSide && i !== position) {
      const isEqual = scores[i] === scores[position];
      if (isEqual ? ties === 'cut' : difference <= sameSide || scores[i]! < expected !== isBelow)
        return 'unsure';
    }
    if (weights[i]! <= deviation) kept++;
  }
  if (kept < minTokensToKeep) return 'unsure';
  keepTypical(list, deviation);
  return 'cut';
}

function keepTypical(list: CandidateList, deviation: number): void {
  const { ids, scores, weights, count } = list;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i]! > deviation) continue;
    ids[kept] = ids[i]!;
    scores[kept++] = scores[i]!;
  }
  list.count = kept;
}
