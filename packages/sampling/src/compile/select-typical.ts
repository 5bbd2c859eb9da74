import { expOfNonpositive } from '@nexttoken/numeric';
import { type CandidateList, largestOf, readScores } from './candidate-list';
import { cutTypical, type Distribution, type TypicalRule } from './cut-typical';
import { listAll, listBetween } from './list-between';
import { momentsOf } from './moments';
import { probeRow, type RowProbe, stepsPerBin } from './probe-row';
import { relativeError, stepsPerNat } from './weight-table';

const binsPerNat = /* @__PURE__ */ (() => stepsPerNat / stepsPerBin)();
const deviationBins = /* @__PURE__ */ new Float64Array(4096);

/** How much of the removed mass may lie out of reach, by the sample: first guess, second; then everything is listed. */
const guesses = [0.7, 0.1] as const;

function addDeviation(distance: number, expectedDistance: number, weight: number): void {
  const deviation = Math.abs(distance - expectedDistance) * binsPerNat;
  deviationBins[Math.min(deviation, deviationBins.length - 1) | 0]! += weight;
}

/**
 * Nats around the expected score beyond which no more than `weight` lies: as the sample sees it, but for the
 * tokens above its reference, which are few, heavy and known.
 */
function reachFor(
  { bins, reference }: RowProbe,
  row: Float32Array,
  above: Int32Array,
  count: number,
  expectedDistance: number,
  weight: number,
): number {
  deviationBins.fill(0);
  for (let bin = 0; bin < bins.length; bin++) {
    addDeviation((bin + 0.5) / binsPerNat, expectedDistance, bins[bin]!);
  }
  for (let i = 0; i < count; i++) {
    const distance = reference - row[above[i]!]!;
    addDeviation(distance, expectedDistance, Math.exp(-distance));
  }
  let bin = deviationBins.length - 1;
  let sum = deviationBins[bin]!;
  while (bin > 0 && sum <= weight) sum += deviationBins[--bin]!;
  return (bin + 2) / binsPerNat;
}

/** Typical-p on a list that is all there is. */
export function cutListedTypical(list: CandidateList, rule: TypicalRule): 'cut' | 'short' | 'unsure' {
  const { scores, count } = list;
  const largest = largestOf(list);
  if (!(largest > Number.NEGATIVE_INFINITY)) return count === 0 ? 'cut' : 'unsure';
  let total = 0;
  let moment = 0;
  for (let i = 0; i < count; i++) {
    const distance = largest - scores[i]!;
    const weight = expOfNonpositive(-distance);
    total += weight;
    if (weight > 0) moment += weight * distance;
  }
  const entropy = Math.log(total) + moment / total;
  const error = 1e-11 * (1 + entropy) + Math.abs(largest) * 2 ** -50;
  const distribution = { logTotal: largest + Math.log(total), entropy, error };
  return cutTypical(list, distribution, rule, Number.POSITIVE_INFINITY);
}

/**
 * Typical-p on a row: one pass for its entropy, one that lists the tokens about as surprising as that,
 * among which {@link cutTypical} decides.
 *
 * @returns whether it was decided; the list is meaningless otherwise
 */
export function selectTypical(row: Float32Array, list: CandidateList, rule: TypicalRule): boolean {
  const probe = probeRow(row, 1);
  if (probe !== undefined) {
    const { scale, offset, reference } = probe;
    let { count, weight, moment } = momentsOf(row, scale, offset, list.ids);
    if (Number.isNaN(weight)) return false;
    for (let i = 0; i < count; i++) {
      const distance = reference - row[list.ids[i]!]!;
      const above = Math.exp(-distance);
      weight += above;
      moment += above * distance * stepsPerNat;
    }
    if (!(weight < 1e300)) return false;
    const expectedDistance = moment / weight / stepsPerNat;
    const entropy = Math.log(weight) + expectedDistance;
    const error = relativeError(reference, 1) * (2 + 4 * entropy) + Math.abs(reference) * 2 ** -50;
    const distribution: Distribution = { logTotal: reference + Math.log(weight), entropy, error };
    const expected = reference - expectedDistance;
    const reaches = guesses.map((guess) => {
      const beyond = guess * (1 - rule.line) * weight;
      return reachFor(probe, row, list.ids, count, expectedDistance, beyond);
    });
    for (const reach of reaches) {
      listBetween(row, expected - reach, expected + reach, list);
      readScores(list, row, 1);
      const outcome = cutTypical(list, distribution, rule, reach);
      if (outcome !== 'short') return outcome === 'cut';
    }
  }
  listAll(row, list);
  readScores(list, row, 1);
  return cutListedTypical(list, rule) === 'cut';
}
