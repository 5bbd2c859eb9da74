import { type CandidateList, readScores } from './candidate-list';
import { cutNucleus, noRest } from './cut-nucleus';
import { listAll } from './list-between';
import { probeRow } from './probe-row';
import { weighRest } from './rest-weight';
import { relativeError } from './weight-table';

/** How much of the removed mass the candidates may leave out, by the sample: first guess, second, everything. */
const guesses = [0.6, 0.1, 0] as const;

/**
 * Top-p on a row: one pass adds up the weight of the many and lists the few, among which
 * {@link cutNucleus} decides.
 *
 * @param divisor the temperature that is still to be applied, 1 for none
 * @returns whether it was decided; the list is meaningless otherwise
 */
export function selectNucleus(
  row: Float32Array,
  divisor: number,
  list: CandidateList,
  line: number,
  minTokensToKeep: number,
): boolean {
  const probe = probeRow(row, divisor);
  if (probe === undefined) {
    listAll(row, list);
    readScores(list, row, divisor);
    return cutNucleus(list, noRest, line, minTokensToKeep) === 'cut';
  }
  const { reference } = probe;
  const error = relativeError(reference, divisor);
  for (const guess of guesses) {
    const { count, weight } = weighRest(row, probe, guess * line, list.ids);
    if (Number.isNaN(weight)) return false;
    list.count = count;
    readScores(list, row, divisor);
    const outcome = cutNucleus(list, { weight, reference, error }, line, minTokensToKeep);
    if (outcome !== 'short') return outcome === 'cut';
  }
  return false;
}
