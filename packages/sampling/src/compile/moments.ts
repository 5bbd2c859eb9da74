import { chunkSize } from './chunk-size';
import { linear, quadratic, tableSteps, weightAt, weightTable } from './weight-table';

/** Sums over a row; a single object, valid until the next call. */
export interface Moments {
  /** How many ids above the reference were written. */
  count: number;
  /** Σ exp(-distance) of the others. NaN when a score is NaN. */
  weight: number;
  /** Σ exp(-distance) · distance of the others, in steps. */
  moment: number;
}

const result: Moments = { count: 0, weight: 0, moment: 0 };

/**
 * One pass over a row: writes the ids above the reference and adds up weights and weighted distances of all
 * others, each weight with a relative error below `tableError`; what is more than 40 nats below counts as 0.
 * Distance in steps: `offset - x · scale`.
 */
export function momentsOf(row: Float32Array, scale: number, offset: number, ids: Int32Array): Moments {
  result.count = 0;
  result.weight = 0;
  result.moment = 0;
  const even = row.length - (row.length % 2);
  for (let begin = 0; begin < even; begin += chunkSize) {
    addPairs(row, begin, Math.min(begin + chunkSize, even), scale, offset, ids);
  }
  if (even < row.length) addLast(row, scale, offset, ids);
  return result;
}

function addPairs(
  row: Float32Array,
  begin: number,
  end: number,
  scale: number,
  offset: number,
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
  let moment = 0;
  let otherMoment = 0;
  for (let i = begin; i < end; i += 2) {
    const a = offset - row[i]! * scale;
    const b = offset - row[i + 1]! * scale;
    if (a < 0) ids[count++] = i;
    else if (a < farthest) {
      const step = a | 0;
      const f = a - step;
      const weight = table[step]! * (1 + f * (c1 + f * c2));
      sum += weight;
      moment += weight * a;
    } else if (Number.isNaN(a)) sum = Number.NaN;
    if (b < 0) ids[count++] = i + 1;
    else if (b < farthest) {
      const step = b | 0;
      const f = b - step;
      const weight = table[step]! * (1 + f * (c1 + f * c2));
      otherSum += weight;
      otherMoment += weight * b;
    } else if (Number.isNaN(b)) otherSum = Number.NaN;
  }
  result.count = count;
  result.weight += sum + otherSum;
  result.moment += moment + otherMoment;
}

function addLast(row: Float32Array, scale: number, offset: number, ids: Int32Array): void {
  const id = row.length - 1;
  const distance = offset - row[id]! * scale;
  if (distance < 0) {
    ids[result.count++] = id;
    return;
  }
  const weight = weightAt(distance);
  result.weight += weight;
  if (weight > 0) result.moment += weight * distance;
}
