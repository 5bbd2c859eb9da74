import { chunkSize } from './chunk-size';
import { type RowProbe, stepsPerBin } from './probe-row';
import { linear, quadratic, stepsPerNat, tableSteps, weightAt, weightTable } from './weight-table';

/** What {@link weighRest} found beside the ids; a single object, valid until the next call. */
export interface RestWeight {
  /** How many ids were written. */
  count: number;
  /** Σ exp(score - reference) of all others, where the reference weighs 1. NaN when a score is NaN. */
  weight: number;
}

const result: RestWeight = { count: 0, weight: 0 };

/** The sample's estimate of the total is corrected by what was seen as often as this many chunks. */
const chunksPerCorrection = 8;

/** In steps. Tokens nearer than this to the reference are listed: the others weigh at most `weight`, as the sample sees it. */
export function limitFor({ bins }: RowProbe, weight: number): number {
  if (weight === 0) return tableSteps;
  let bin = bins.length - 1;
  let sum = bins[bin]!;
  while (bin > 0 && sum <= weight) sum += bins[--bin]!;
  return (bin + 1) * stepsPerBin;
}

/** Σ exp(-distance) over a part of the ids. */
function weightOf(
  { scale, offset }: RowProbe,
  row: Float32Array,
  ids: Int32Array,
  begin: number,
  end: number,
): number {
  let sum = 0;
  for (let i = begin; i < end; i++) {
    const distance = offset - row[ids[i]!]! * scale;
    sum += distance < 0 ? Math.exp(-distance / stepsPerNat) : weightAt(distance);
  }
  return sum;
}

/** Takes the ids from `limit` steps on off the list and adds their weights to the rest. */
function giveBack({ scale, offset }: RowProbe, row: Float32Array, ids: Int32Array, limit: number): void {
  const { count } = result;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const id = ids[i]!;
    const distance = offset - row[id]! * scale;
    if (distance < limit) ids[kept++] = id;
    else result.weight += weightAt(distance);
  }
  result.count = kept;
}

/**
 * One pass over a row: lists the ids that weigh much, and adds up the weights of all others (each lower than every
 * listed one) with a relative error below `tableError`; what is more than 40 nats below counts as 0.
 * How much is much, the sample says first; what the pass has seen so far corrects it, since a sample tends to
 * miss the few heaviest tokens.
 *
 * @param share how much of the whole weight the others may have, roughly; 0 lists everything up to 40 nats
 * @param ids receives the ids in ascending order, shape `[vocabSize]`
 */
export function weighRest(row: Float32Array, probe: RowProbe, share: number, ids: Int32Array): RestWeight {
  const { scale, offset } = probe;
  const even = row.length - (row.length % 2);
  const widest = limitFor(probe, share * probe.total);
  let limit = widest;
  let estimate = probe.total;
  let listed = 0;
  let chunk = 0;
  result.count = 0;
  result.weight = 0;
  for (let begin = 0; begin < even; begin += chunkSize) {
    const before = result.count;
    const end = Math.min(begin + chunkSize, even);
    weighPairs(row, begin, end, scale, offset, limit, ids);
    listed += weightOf(probe, row, ids, before, result.count);
    if (++chunk % chunksPerCorrection !== 0) continue;
    const seen = (listed + result.weight) / Math.max(end / even, 2 / 3);
    if (!(seen > 1.25 * estimate)) continue;
    estimate = seen;
    limit = Math.min(limit, limitFor(probe, share * estimate));
  }
  if (even < row.length) weighLast(row, scale, offset, limit, ids);
  if (limit < widest) giveBack(probe, row, ids, limit);
  return result;
}

function weighPairs(
  row: Float32Array,
  begin: number,
  end: number,
  scale: number,
  offset: number,
  limit: number,
  ids: Int32Array,
): void {
  // Locals: an imported binding is read anew at every use.
  const table = weightTable;
  const farthest = tableSteps;
  const c1 = linear;
  const c2 = quadratic;
  let { count } = result;
  let sum = 0;
  let otherSum = 0;
  for (let i = begin; i < end; i += 2) {
    const a = offset - row[i]! * scale;
    const b = offset - row[i + 1]! * scale;
    if (a < limit) ids[count++] = i;
    else if (a < farthest) {
      const step = a | 0;
      const f = a - step;
      sum += table[step]! * (1 + f * (c1 + f * c2));
    } else if (Number.isNaN(a)) sum = Number.NaN;
    if (b < limit) ids[count++] = i + 1;
    else if (b < farthest) {
      const step = b | 0;
      const f = b - step;
      otherSum += table[step]! * (1 + f * (c1 + f * c2));
    } else if (Number.isNaN(b)) otherSum = Number.NaN;
  }
  result.count = count;
  result.weight += sum + otherSum;
}

function weighLast(row: Float32Array, scale: number, offset: number, limit: number, ids: Int32Array): void {
  const id = row.length - 1;
  const distance = offset - row[id]! * scale;
  if (distance < limit) ids[result.count++] = id;
  else result.weight += weightAt(distance);
}
