import { checkOptionNames, invalidParameter, NextTokenError, type Random } from '@nexttoken/model';
import { checkOrder } from '../suffix/sort-suffixes';
import type { SuffixIndex } from '../suffix/suffix-index';
import { type NgramVocabulary, sentenceBorder } from '../vocabulary/ngram-vocabulary';
import { ContinuationCache } from './continuation-cache';
import { ContinuationRuns } from './continuation-runs';
import type { Continuations, NgramCounts, SuffixOptions } from './ngram-counts';
import { unigrams } from './unigrams';
import { crossesBorder, usableStart } from './usable-start';

/** A place of the corpus. */
export interface NgramOccurrence {
  /** The sentence, without its borders. */
  readonly sentence: Int32Array;
  /** Where in it the n-gram begins; -1 for one that begins with `<s>`. */
  readonly offset: number;
}

/**
 * Counts over a corpus of any length of n-grams, from sorted suffixes at 8 bytes a token. The text may lie in several
 * shards: their counts add up. Made by `createNgramIndex`, opened by `readNgramIndex` and its like.
 */
export class NgramIndex implements NgramCounts {
  readonly tokenCount: number;
  readonly sentenceCount: number;
  readonly #runs = new ContinuationRuns();
  readonly #cache = new ContinuationCache();
  /** Where each shard's positions begin in the whole corpus. */
  readonly #bases: readonly number[];
  #unigrams: Continuations | undefined;

  constructor(
    readonly shards: readonly SuffixIndex[],
    readonly vocabulary: NgramVocabulary,
    readonly order: number,
  ) {
    this.tokenCount = shards.reduce((sum, shard) => sum + shard.tokenCount, 0);
    this.sentenceCount = shards.reduce((sum, shard) => sum + shard.sentenceCount, 0);
    let base = 0;
    this.#bases = shards.map(({ ids }) => {
      base += ids.length;
      return base - ids.length;
    });
  }

  count(ngram: ArrayLike<number>): number {
    if (ngram.length > this.order) {
      throw invalidParameter(
        'count',
        'ngram.length',
        ngram.length,
        `at most ${this.order}, the order of the index`,
      );
    }
    if (ngram.length === 0) return this.tokenCount;
    if (ngram.length === 1 && ngram[0] === sentenceBorder) return this.sentenceCount;
    if (crossesBorder(ngram) || isEmptySentence(ngram)) return 0;
    let count = 0;
    for (const shard of this.shards) if (shard.find(ngram, 0, ngram.length)) count += shard.end - shard.begin;
    return count;
  }

  continuations(context: ArrayLike<number>, top = Number.POSITIVE_INFINITY): Continuations {
    checkTop('continuations', top);
    const start = usableStart(context, Number.POSITIVE_INFINITY);
    this.#checkContext(context.length - start);
    return this.#continuations(context, start, top);
  }

  longestSuffix(context: ArrayLike<number>, options: SuffixOptions = {}): number {
    checkOptionNames('longestSuffix', options, ['order', 'ends']);
    const { order = this.order, ends = false } = options;
    checkOrder('longestSuffix', 'order', order);
    const start = usableStart(context, Math.min(order, this.order));
    // A suffix of what was seen was seen too: steps of 1, 2, 4, … up to a miss, then bisection.
    const longest = context.length - start;
    let seen = 0;
    let missed = longest + 1;
    for (let step = 1; seen + 1 < missed; ) {
      const length = Math.min(seen + step, missed - 1);
      if (this.#isSeen(context, context.length - length, ends)) {
        seen = length;
        step = missed > longest ? step * 2 : (missed - seen) >> 1 || 1;
      } else {
        missed = length;
        step = (missed - seen) >> 1 || 1;
      }
    }
    return seen;
  }

  /** What followed the longest suffix that is known: {@link NgramIndex.longestSuffix}, then its continuations. */
  continueLongest(
    context: ArrayLike<number>,
    top = Number.POSITIVE_INFINITY,
    options: SuffixOptions = {},
  ): Continuations & { readonly matched: number } {
    checkTop('continueLongest', top);
    const matched = this.longestSuffix(context, options);
    return { matched, ...this.#continuations(context, context.length - matched, top) };
  }

  /**
   * A token drawn in proportion to how often each followed the longest known suffix; one draw.
   * Cost: that of finding the suffix.
   */
  sample(context: ArrayLike<number>, random: Random, options: SuffixOptions = {}): number {
    const { ends = false } = options;
    const from = context.length - this.longestSuffix(context, options);
    const length = context.length - from;
    const ranges = this.shards.map((shard) => {
      if (!shard.find(context, from, context.length)) return { begin: 0, end: 0 };
      const real = shard.boundOfFollowing(length, sentenceBorder, shard.begin, shard.end);
      return { begin: real - (ends ? endsOf(context, from, real - shard.begin) : 0), end: shard.end };
    });
    let rank = Math.floor(random.next() * ranges.reduce((sum, { begin, end }) => sum + end - begin, 0));
    for (const [index, { begin, end }] of ranges.entries()) {
      if (rank < end - begin) return this.shards[index]!.following(begin + rank, length);
      rank -= end - begin;
    }
    throw new NextTokenError('no-candidates', 'sample: no token follows');
  }

  /**
   * Where the n-gram occurs, in the order of the corpus.
   * @param limit at most as many; default: all
   */
  occurrences(ngram: ArrayLike<number>, limit = Number.POSITIVE_INFINITY): NgramOccurrence[] {
    checkTop('occurrences', limit);
    const positions = this.positions(ngram);
    return positions
      .slice(0, Math.min(limit, positions.length))
      .map((position) => this.#occurrence(position));
  }

  /** Places of the n-gram in the corpus with its borders (shards one after the other), ascending. */
  positions(ngram: ArrayLike<number>): number[] {
    if (this.count(ngram) === 0 || ngram.length === 0) return [];
    const found: number[] = [];
    for (const [index, shard] of this.shards.entries()) {
      if (!shard.find(ngram, 0, ngram.length)) continue;
      for (let place = shard.begin; place < shard.end; place++) {
        const position = shard.positions.get(place);
        // The last border begins no sentence.
        if (position + 1 < shard.ids.length) found.push(this.#bases[index]! + position);
      }
    }
    return found.sort((a, b) => a - b);
  }

  #occurrence(position: number): NgramOccurrence {
    const index = this.#bases.findLastIndex((base) => base <= position);
    const { ids } = this.shards[index]!;
    const at = position - this.#bases[index]!;
    let begin = ids.get(at) === sentenceBorder ? at + 1 : at;
    while (ids.get(begin - 1) !== sentenceBorder) begin--;
    const sentence: number[] = [];
    for (let i = begin; ids.get(i) !== sentenceBorder; i++) sentence.push(ids.get(i));
    return { sentence: Int32Array.from(sentence), offset: at - begin };
  }

  #checkContext(length: number): void {
    if (length < this.order) return;
    const expected = `at most ${this.order - 1} in an index of order ${this.order}`;
    throw invalidParameter('continuations', 'context.length', length, expected);
  }

  #isSeen(context: ArrayLike<number>, from: number, ends: boolean): boolean {
    // Nothing ends right behind `<s>`: sentences have tokens.
    const really = ends && endsOf(context, from, 1) > 0;
    return this.shards.some((shard) => shard.isFollowed(context, from, context.length, really));
  }

  #continuations(context: ArrayLike<number>, from: number, top: number): Continuations {
    const length = context.length - from;
    if (length === 0) {
      this.#unigrams ??= unigrams(this.shards, this.vocabulary.size, this.#runs);
      return firstOf(this.#unigrams, top);
    }
    const runs = this.#runs;
    runs.clear();
    let size = 0;
    let total = 0;
    let ends = 0;
    let key = '';
    for (const [index, shard] of this.shards.entries()) {
      if (!shard.find(context, from, context.length)) continue;
      const { begin, end } = shard;
      if (end - begin >= ContinuationCache.least && key === '') {
        key = `${index} ${length} ${begin}`;
        const cached = this.#cache.get(key);
        if (cached) return firstOf(cached, top);
      }
      const real = shard.boundOfFollowing(length, sentenceBorder, begin, end);
      runs.collect(shard, length, real, end, this.#bases[index]!);
      size++;
      total += end - real;
      ends += endsOf(context, from, real - begin);
    }
    if (size > 1) runs.merge();
    if (key === '') return runs.ordered(top, total, ends);
    const all = runs.ordered(Number.POSITIVE_INFINITY, total, ends);
    this.#cache.set(key, all);
    return firstOf(all, top);
  }
}

/** Sentences have tokens, so what follows the last border of a corpus is no end of an empty one. */
function endsOf(context: ArrayLike<number>, from: number, ends: number): number {
  return context.length - from === 1 && context[from] === sentenceBorder ? 0 : ends;
}

function isEmptySentence(ngram: ArrayLike<number>): boolean {
  return ngram.length === 2 && ngram[0] === sentenceBorder && ngram[1] === sentenceBorder;
}

function firstOf(all: Continuations, top: number): Continuations {
  if (top >= all.tokens.length) return all;
  return { ...all, tokens: all.tokens.subarray(0, top), counts: all.counts.subarray(0, top) };
}

function checkTop(owner: string, top: number): void {
  if (top === Number.POSITIVE_INFINITY || (Number.isInteger(top) && top >= 0)) return;
  throw invalidParameter(owner, 'top', top, 'an integer >= 0, or Infinity');
}
