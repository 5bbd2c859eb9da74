import { usableStart } from '../index/usable-start';
import { childOf, type NgramTrie, nodeOf } from '../trie/ngram-trie';
import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';
import { rowFor } from './check-smoothing';
import type { SmoothedModel, SmoothingWarning } from './smoothed-model';

export type FloatArray = Float32Array | Float64Array;

/** What an ARPA file holds: for every n-gram a probability, and a weight for what backs off to it. */
export interface BackoffTable {
  readonly trie: NgramTrie;
  /** ln p of each n-gram, for each level. */
  readonly logProbabilities: readonly FloatArray[];
  /** ln of the weight of each n-gram as a context, for each level but the last; 0 where nothing follows it. */
  readonly logBackoffs: readonly FloatArray[];
}

/**
 * A model that backs off: p(w | h) is that of the n-gram h w where it is there, else the weight of h times
 * p(w | h without its first id). Node 0 of the first level is `</s>` as a token and `<s>` as a context.
 */
export class BackoffModel implements SmoothedModel {
  readonly order: number;
  readonly leavesNothingOut: boolean;

  constructor(
    readonly type: string,
    readonly parameters: Readonly<Record<string, unknown>>,
    readonly vocabulary: NgramVocabulary,
    readonly table: BackoffTable,
    readonly warnings: readonly SmoothingWarning[] = [],
  ) {
    this.order = table.trie.levels.length;
    this.leavesNothingOut = !table.logProbabilities[0]!.includes(Number.NEGATIVE_INFINITY);
  }

  logProbability(context: ArrayLike<number>, id: number): number {
    const { trie, logProbabilities, logBackoffs } = this.table;
    let backoff = 0;
    for (let from = usableStart(context, this.order); from < context.length; from++) {
      const level = context.length - from - 1;
      const node = nodeOf(trie, context, from, context.length);
      if (node < 0) continue;
      const child = childOf(trie, level, node, id);
      if (child >= 0) return backoff + logProbabilities[level + 1]![child]!;
      backoff += logBackoffs[level]![node]!;
    }
    return backoff + logProbabilities[0]![id]!;
  }

  logProbabilities(context: ArrayLike<number>, out?: Float32Array): Float32Array {
    const { trie, logProbabilities, logBackoffs } = this.table;
    const row = rowFor(out, this.vocabulary.size);
    const start = usableStart(context, this.order);
    const nodes = Array.from({ length: context.length - start }, (_, level) =>
      nodeOf(trie, context, context.length - level - 1, context.length),
    );
    let backoff = nodes.reduce((sum, node, level) => sum + (node < 0 ? 0 : logBackoffs[level]![node]!), 0);
    const base = logProbabilities[0]!;
    for (let id = 0; id < row.length; id++) row[id] = base[id]! + backoff;
    for (const [level, node] of nodes.entries()) {
      if (node < 0) continue;
      backoff -= logBackoffs[level]![node]!;
      const { words } = trie.levels[level + 1]!;
      const { starts } = trie.levels[level]!;
      const values = logProbabilities[level + 1]!;
      for (let child = starts[node]!; child < starts[node + 1]!; child++)
        row[words[child]!] = values[child]! + backoff;
    }
    return row;
  }
}
