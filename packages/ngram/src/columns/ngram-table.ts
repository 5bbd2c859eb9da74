import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { ContinuationRuns } from '../index/continuation-runs';
import type { Continuations, NgramCounts, SuffixOptions } from '../index/ngram-counts';
import { crossesBorder, usableStart } from '../index/usable-start';
import { checkOrder } from '../suffix/sort-suffixes';
import { nodeOf } from '../trie/ngram-trie';
import type { CountTrie } from '../trie/trie-builder';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';
import type { WordVocabulary } from '../vocabulary/word-vocabulary';

/**
 * Counts of n-grams up to some length without the text they came from. Followers of equal count are in the order of their
 * ids. Made by `ngramTable`; everything that smooths takes it in place of an index.
 */
export class NgramTable implements NgramCounts {
  readonly order: number;
  readonly tokenCount: number;
  readonly sentenceCount: number;
  readonly #runs = new ContinuationRuns();

  constructor(
    readonly trie: CountTrie,
    readonly vocabulary: WordVocabulary,
  ) {
    const [single] = trie.counts as readonly [Int32Array];
    this.order = trie.levels.length;
    this.sentenceCount = single[sentenceBorder]! - 1;
    this.tokenCount = single.reduce((sum, count) => sum + count, 0) - single[sentenceBorder]!;
  }

  count(ngram: ArrayLike<number>): number {
    if (ngram.length > this.order) {
      throw invalidParameter(
        'count',
        'ngram.length',
        ngram.length,
        `at most ${this.order}, the order of the table`,
      );
    }
    if (ngram.length === 0) return this.tokenCount;
    if (ngram.length === 1 && ngram[0] === sentenceBorder) return this.sentenceCount;
    const node = crossesBorder(ngram) ? -1 : nodeOf(this.trie, ngram, 0, ngram.length);
    return node < 0 ? 0 : this.trie.counts[ngram.length - 1]![node]!;
  }

  continuations(context: ArrayLike<number>, top = Number.POSITIVE_INFINITY): Continuations {
    const start = usableStart(context, Number.POSITIVE_INFINITY);
    const length = context.length - start;
    if (length >= this.order) {
      throw invalidParameter(
        'continuations',
        'context.length',
        length,
        `at most ${this.order - 1} in a table of order ${this.order}`,
      );
    }
    const [begin, end] = this.#children(context, start);
    const level = this.trie.levels[length]!;
    const own = this.trie.counts[length]!;
    const runs = this.#runs;
    runs.clear();
    let [total, ends] = [0, 0];
    for (let node = begin; node < end; node++) {
      const [id, count] = [level.words[node]!, own[node]!];
      if (id === sentenceBorder) ends = length === 0 ? this.sentenceCount : count;
      else if (count > 0) {
        runs.push(id, count, id);
        total += count;
      }
    }
    return runs.ordered(top, total, ends);
  }

  longestSuffix(context: ArrayLike<number>, options: SuffixOptions = {}): number {
    checkOptionNames('longestSuffix', options, ['order', 'ends']);
    const { order = this.order, ends = false } = options;
    checkOrder('longestSuffix', 'order', order);
    const start = usableStart(context, Math.min(order, this.order));
    let from = context.length;
    while (from > start && this.#isFollowed(context, from - 1, ends)) from--;
    return context.length - from;
  }

  #isFollowed(context: ArrayLike<number>, from: number, ends: boolean): boolean {
    const [begin, end] = this.#children(context, from);
    if (begin === end) return false;
    return ends || this.trie.levels[context.length - from]!.words[end - 1] !== sentenceBorder;
  }

  /** The nodes that follow `context[from, …)`, in the level below it. */
  #children(context: ArrayLike<number>, from: number): readonly [number, number] {
    const length = context.length - from;
    if (length === 0) return [0, this.vocabulary.size];
    const node = nodeOf(this.trie, context, from, context.length);
    const { starts } = this.trie.levels[length - 1]!;
    return node < 0 ? [0, 0] : [starts[node]!, starts[node + 1]!];
  }
}
