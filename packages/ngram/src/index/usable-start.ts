import { sentenceBorder } from '../vocabulary/ngram-vocabulary';

/** Where the part of a context begins that a model of this order can use: its last border, and `order - 1` ids at most. */
export function usableStart(context: ArrayLike<number>, order: number): number {
  const least = Math.max(0, context.length - (order - 1));
  for (let i = context.length - 1; i >= least; i--) if (context[i] === sentenceBorder) return i;
  return least;
}

/** Whether a border stands where none can: anywhere but first and last. */
export function crossesBorder(ngram: ArrayLike<number>): boolean {
  for (let i = 1; i < ngram.length - 1; i++) if (ngram[i] === sentenceBorder) return true;
  return false;
}
