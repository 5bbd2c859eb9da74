import { type CandidateList, largestOf } from './candidate-list';
import { chunkSize } from './chunk-size';
import { keepAbove, keepHighest } from './keep-listed';
import { sortPositions } from './sort-positions';
import { stepsPerNat, tableError, weightAt } from './weight-table';

const stepsPerBin = 16;
const binCount = 1024;
const bins = /* @__PURE__ */ new Float64Array(binCount);

/** Each probability is rounded to float32 (2^-24), sums and weights to float64. */
const rounding = 6e-8;
const smallest = 1e-11;

const lowerFirst = (a: number, b: number) => a > b;
const binOf = (distance: number) => Math.min(distance / stepsPerBin, binCount - 1) | 0;

/** What lies below every listed candidate: tokens, and what weight they have. */
export interface Rest {
  /** Σ exp(score - reference). */
  readonly weight: number;
  readonly reference: number;
  /** Bound of the relative error of `weight`. */
  readonly error: number;
}

/** Every candidate is listed. */
export const noRest: Rest = { weight: 0, reference: 0, error: 0 };

/** Weighs a part of the list, relative to the largest score, and puts the weights into bins; returns their sum. */
function weighChunk(list: CandidateList, begin: number, end: number, largest: number): number {
  const { scores, weights } = list;
  const sums = bins;
  let total = 0;
  for (let i = begin; i < end; i++) {
    const distance = (largest - scores[i]!) * stepsPerNat;
    const weight = weightAt(distance);
    weights[i] = weight;
    total += weight;
    sums[binOf(distance)]! += weight;
  }
  return total;
}

/** Notes the positions of a part of the list that are in a bin; returns how many there are now. */
function membersOf(
  { scores, positions }: CandidateList,
  begin: number,
  end: number,
  largest: number,
  bin: number,
  alreadyThere: number,
): number {
  let members = alreadyThere;
  for (let i = begin; i < end; i++) {
    if (binOf((largest - scores[i]!) * stepsPerNat) === bin) positions[members++] = i;
  }
  return members;
}

/**
 * Top-p on a list: counts probabilities from the rest up, in ascending order, and keeps what comes from the
 * first sum above `line` on. Among equal scores the lower ids stay. Only the bin of 1/16 nat in which the
 * line is crossed is sorted.
 *
 * @param line the removed mass, half a float32 step further: sums above it round to more than it
 * @returns `cut`; `short` when the line is crossed below the listed candidates; `unsure` (and the list as it
 *   was) when rounding could move the crossing, or the scores have no distribution
 */
export function cutNucleus(
  list: CandidateList,
  rest: Rest,
  line: number,
  minTokensToKeep: number,
): 'cut' | 'short' | 'unsure' {
  const { scores, weights, positions, count } = list;
  if (count === 0) return rest === noRest ? 'cut' : 'short';
  const largest = largestOf(list);
  if (!(largest > Number.NEGATIVE_INFINITY)) return 'unsure';

  bins.fill(0);
  const below = rest.weight === 0 ? 0 : rest.weight * Math.exp(rest.reference - largest);
  let total = below;
  for (let begin = 0; begin < count; begin += chunkSize) {
    total += weighChunk(list, begin, Math.min(begin + chunkSize, count), largest);
  }
  if (!(total < Number.POSITIVE_INFINITY)) return 'unsure';

  const target = line * total;
  const error = target * (rounding + 4 * Math.max(rest.error, tableError)) + total * smallest;
  let sum = below;
  if (sum > target - error) return rest === noRest ? 'unsure' : 'short';
  let bin = binCount - 1;
  while (bin > 0 && sum + bins[bin]! <= target) sum += bins[bin--]!;

  let members = 0;
  for (let begin = 0; begin < count; begin += chunkSize) {
    members = membersOf(list, begin, Math.min(begin + chunkSize, count), largest, bin, members);
  }
  sortPositions(positions, members, scores, lowerFirst);
  let crossing = 0;
  while (crossing < members - 1 && sum + weights[positions[crossing]!]! <= target) {
    sum += weights[positions[crossing++]!]!;
  }
  if (sum > target - error) return 'unsure';
  const position = positions[crossing]!;
  // The most likely token stays whatever the sums say: it needs no crossing.
  const isTop = bin === 0 && crossing === members - 1;
  if (!isTop && sum + weights[position]! < target + error) return 'unsure';
  return keepFromCrossing(list, position, minTokensToKeep, rest !== noRest);
}

function keepFromCrossing(
  list: CandidateList,
  position: number,
  minTokensToKeep: number,
  hasRest: boolean,
): 'cut' | 'short' {
  const line = list.scores[position]!;
  if (minTokensToKeep > 1) {
    let kept = 0;
    for (let i = 0; i < list.count; i++) {
      if (list.scores[i]! > line || (list.scores[i] === line && i <= position)) kept++;
    }
    if (kept < minTokensToKeep) {
      if (list.count < minTokensToKeep && hasRest) return 'short';
      keepHighest(list, minTokensToKeep);
      return 'cut';
    }
  }
  keepAbove(list, line, position);
  return 'cut';
}
