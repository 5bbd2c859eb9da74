import { type CandidateList, readScores } from './candidate-list';
import { cutNucleus, noRest } from './cut-nucleus';
import { listAll } from './list-between';
import { probeRow, type RowProbe } from './probe-row';
import { weighRest } from './rest-weight';
import type { RowKernel } from './row-kernel';
import { relativeError } from './weight-table';

/** How much of the removed mass the candidates may leave out, by the sample: first guess, second, everything. */
const guesses = [0.6, 0.1, 0] as const;

/**
 * Top-p on a row: one pass adds up the weight of the many and lists the few, among which
 * {@link cutNucleus} decides.
 *
 * @param divisor the temperature that is still to be applied, 1 for none
 * @param kernel does the pass where it can, and where its weights are exact enough to decide
 * @returns whether it was decided; the list is meaningless otherwise
 */
export function selectNucleus(
  row: Float32Array,
  divisor: number,
  list: CandidateList,
  line: number,
  minTokensToKeep: number,
  kernel?: RowKernel,
): boolean {
  const probe = probeRow(row, divisor);
  if (probe === undefined) {
    listAll(row, list);
    readScores(list, row, divisor);
    return cutNucleus(list, noRest, line, minTokensToKeep) === 'cut';
  }
  if (kernel !== undefined && selectByKernel(kernel, row, divisor, probe, list, line, minTokensToKeep)) {
    return true;
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

function selectByKernel(
  kernel: RowKernel,
  row: Float32Array,
  divisor: number,
  probe: RowProbe,
  list: CandidateList,
  line: number,
  minTokensToKeep: number,
): boolean {
  for (const guess of guesses) {
    const rest = kernel.weighRest(row, divisor, probe, guess * line, list.ids);
    if (rest === undefined || Number.isNaN(rest.weight)) return false;
    list.count = rest.count;
    readScores(list, row, divisor);
    const outcome = cutNucleus(list, rest, line, minTokensToKeep);
    if (outcome !== 'short') return outcome === 'cut';
  }
  return false;
}
