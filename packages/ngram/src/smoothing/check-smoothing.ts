import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { NgramCounts } from '../index/ngram-counts';

/** @throws NextTokenError `invalid-parameter` for an order that is no integer from 1 to that of the counts */
export function checkModelOrder(owner: string, order: number, counts: Pick<NgramCounts, 'order'>): void {
  if (Number.isInteger(order) && order >= 1 && order <= counts.order) return;
  throw invalidParameter(
    owner,
    'order',
    order,
    `an integer from 1 to the order of the counts (${counts.order})`,
  );
}

/** Checks the options that a factory knows, `order` among them. @returns the order; default 5, or that of the counts if lower */
export function checkedOrder(
  owner: string,
  counts: NgramCounts,
  options: { readonly order?: number },
  names: readonly string[],
): number {
  checkOptionNames(owner, options, ['order', ...names]);
  const { order = Math.min(5, counts.order) } = options;
  checkModelOrder(owner, order, counts);
  return order;
}

/** @throws NextTokenError `invalid-parameter` for a row of another length */
export function rowFor(out: Float32Array | undefined, size: number): Float32Array {
  if (out === undefined) return new Float32Array(size);
  if (out.length === size) return out;
  throw invalidParameter('logProbabilities', 'out.length', out.length, `${size}, the size of the vocabulary`);
}
