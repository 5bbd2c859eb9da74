import type { Continuations, NgramCounts } from '../index/ngram-counts';
import { usableStart } from '../index/usable-start';

/** A context's last ids, and what followed them. */
export interface ContextLevel {
  readonly context: readonly number[];
  readonly list: Continuations;
  /** Tokens and sentence ends that followed. */
  readonly total: number;
  /** Different ones. */
  readonly distinct: number;
}

/** The usable part of a context. */
export function usableContext(context: ArrayLike<number>, order: number): number[] {
  return Array.from(context).slice(usableStart(context, order));
}

/** One level for each suffix of the context that something followed, the empty one first. */
export function contextLevels(
  counts: NgramCounts,
  context: readonly number[],
  order: number,
): ContextLevel[] {
  const longest = counts.longestSuffix(context, { order, ends: true });
  return Array.from({ length: longest + 1 }, (_, length) =>
    levelOf(counts, context.slice(context.length - length)),
  );
}

/** What followed exactly this context. */
export function levelOf(counts: NgramCounts, context: readonly number[]): ContextLevel {
  const list = counts.continuations(context);
  return { context, list, total: list.total + list.ends, distinct: list.distinct + (list.ends > 0 ? 1 : 0) };
}

/** Calls with every id that followed, the sentence border included, and how often. */
export function forEachContinuation(
  { list }: ContextLevel,
  visit: (id: number, count: number) => void,
): void {
  if (list.ends > 0) visit(0, list.ends);
  for (let i = 0; i < list.tokens.length; i++) visit(list.tokens[i]!, list.counts[i]!);
}
