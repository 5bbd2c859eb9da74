import { expOfNonpositive } from '@nexttoken/numeric';
import { firstBeyond } from '../samplers/first-beyond';
import { type CandidateList, largestOf } from './candidate-list';
import { chunkSize } from './chunk-size';
import { stepsPerNat, tableError, weightAt } from './weight-table';

/** Shorter lists are weighed exactly at once. */
const shortest = 128;

function weighByTable(list: CandidateList, begin: number, end: number, largest: number): number {
  const { scores, weights } = list;
  let total = 0;
  for (let i = begin; i < end; i++) {
    const weight = weightAt((largest - scores[i]!) * stepsPerNat);
    weights[i] = weight;
    total += weight;
  }
  return total;
}

/** The position at which the cumulated weights go beyond a part of their sum; -1 where the table is not exact enough. */
function positionByTable(list: CandidateList, largest: number, draw: number): number {
  const { weights, count } = list;
  let total = 0;
  for (let begin = 0; begin < count; begin += chunkSize) {
    total += weighByTable(list, begin, Math.min(begin + chunkSize, count), largest);
  }
  const target = draw * total;
  const error = total * (2 * tableError + 1e-10);
  let sum = 0;
  let position = -1;
  while (sum <= target && position < count - 1) sum += weights[++position]!;
  const isSure = sum > target + error && sum - weights[position]! < target - error;
  return isSure || (position >= 0 && sum > target + error && sum === weights[position]) ? position : -1;
}

/** What the categorical sampler computes: the same sums of the same weights in the same order. */
function positionBySum(list: CandidateList, largest: number, draw: number): number {
  const { scores, weights, count } = list;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = expOfNonpositive(scores[i]! - largest);
    weights[i] = weight;
    total += weight;
  }
  return firstBeyond(draw * total, weights.subarray(0, count));
}

/**
 * What the categorical sampler draws from a list. Weights from a table say where the draw falls; within their
 * error of a border between two tokens the sampler's own sums decide.
 *
 * @param uniform called once, and only if there is something to draw from
 * @returns the position of the chosen token; -1 for a list without a distribution: nothing was drawn
 */
export function drawPosition(list: CandidateList, uniform: () => number): number {
  const largest = largestOf(list);
  if (!(largest > Number.NEGATIVE_INFINITY)) return -1;
  const draw = uniform();
  const position = list.count < shortest ? -1 : positionByTable(list, largest, draw);
  return position >= 0 ? position : positionBySum(list, largest, draw);
}
