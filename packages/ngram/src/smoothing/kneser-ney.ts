import { invalidParameter } from '@nexttoken/model';
import { compactIndex } from '../index/compact-index';
import type { NgramIndex } from '../index/ngram-index';
import { countTrie } from '../trie/count-trie';
import type { CountTrie } from '../trie/trie-builder';
import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';
import { adjustedCounts } from './adjusted-counts';
import { BackoffModel, type FloatArray } from './backoff-model';
import { checkedOrder } from './check-smoothing';
import { type DiscountRule, type Discounts, discountsOf, fallbackDiscounts } from './discounts';
import { lastNgrams } from './last-ngrams';
import type { SmoothingWarning } from './smoothed-model';

export interface KneserNeyOptions {
  /** Default 5. */
  readonly order?: number;
  /** How numbers are stored: `float64` (default), or `float32` at half the memory and 7 digits. */
  readonly precision?: 'float64' | 'float32';
  /** How the discounts are computed; default `kenlm`. */
  readonly discountRule?: DiscountRule;
}

/** Counts to smooth: an index, or a table of n-grams from elsewhere. */
export type KneserNeySource =
  | NgramIndex
  | { readonly trie: CountTrie; readonly vocabulary: NgramVocabulary; readonly order: number };

/**
 * Interpolated modified Kneser-Ney with the conventions of KenLM's `lmplz`: one `<s>` before and `</s>` behind each
 * sentence, adjusted counts below the highest order, three discounts an order, single tokens interpolated with 1 / V.
 * With no cutoff `<unk>` has count 0 and gets its share of 1 / V.
 *
 * p(w | h) = max(a(h w) - D(a(h w)), 0) / a(h ·) + γ(h) p(w | h'), γ(h) = Σ_k D_k N_k(h ·) / a(h ·)
 *
 * Where discounts cannot be computed (small or odd corpora) that order takes 0.5, 1 and 1.5, and `warnings` says so.
 *
 * @param source an index (of several shards: it is compacted first, at the cost of a sort)
 * @returns a model; `parameters.discounts` has three numbers an order
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Chen and Goodman, 1998; Heafield et al., "Scalable Modified Kneser-Ney Language Model Estimation", 2013.
 * Cost: some 25 bytes an n-gram, about twice as much while it is made; a row: one addition an id of the vocabulary.
 */
export function kneserNey(source: KneserNeySource, options: KneserNeyOptions = {}): BackoffModel {
  const order = checkedOrder('kneserNey', source as NgramIndex, options, ['precision', 'discountRule']);
  const { precision = 'float64', discountRule = 'kenlm' } = options;
  if (precision !== 'float64' && precision !== 'float32') {
    throw invalidParameter('kneserNey', 'precision', precision, "'float64' or 'float32'");
  }
  if (discountRule !== 'kenlm' && discountRule !== 'chen-goodman') {
    throw invalidParameter('kneserNey', 'discountRule', discountRule, "'kenlm' or 'chen-goodman'");
  }
  const trie = 'trie' in source ? shortened(source.trie, order) : countTrie(compactIndex(source), order);
  const { counts, links } = adjustedCounts(trie);
  const warnings: SmoothingWarning[] = [];
  const last = discountRule === 'kenlm' ? lastNgrams(trie, counts, links) : [];
  const discounts = counts.map((own, level) => {
    const tallies = tally(own);
    const odd = last[level];
    if (odd !== undefined) {
      count(tallies, own[odd]!, -1);
      count(tallies, trie.counts[level]![odd]!, 1);
    }
    const computed = discountsOf(tallies, discountRule);
    if (!computed) warnings.push(fallbackWarning(level + 1, tallies));
    return computed ?? fallbackDiscounts;
  });
  const create = (length: number): FloatArray =>
    precision === 'float64' ? new Float64Array(length) : new Float32Array(length);

  const single = singleTokens(counts[0]!, discounts[0]!);
  const probabilities: Float64Array[] = [single];
  const logBackoffs: FloatArray[] = [];
  for (let level = 1; level < order; level++) {
    const { starts } = trie.levels[level - 1]!;
    const below = probabilities[level - 1]!;
    const own = new Float64Array(counts[level]!.length);
    const backoffs = create(starts.length - 1);
    for (let parent = 0; parent + 1 < starts.length; parent++) {
      if (starts[parent]! === starts[parent + 1]!) continue;
      const weight = interpolate(
        starts[parent]!,
        starts[parent + 1]!,
        counts[level]!,
        discounts[level]!,
        (node, share, left) => {
          own[node] = share + left * below[links[level]![node]!]!;
        },
      );
      backoffs[parent] = Math.log(weight);
    }
    probabilities.push(own);
    logBackoffs.push(backoffs);
  }
  const logProbabilities = probabilities.map((values) => {
    const stored = create(values.length);
    for (let node = 0; node < values.length; node++) stored[node] = Math.log(values[node]!);
    return stored;
  });
  return new BackoffModel(
    'kneserNey',
    { order, precision, discountRule, discounts },
    source.vocabulary,
    { trie, logProbabilities, logBackoffs },
    warnings,
  );
}

function shortened({ levels, counts }: CountTrie, order: number): CountTrie {
  return { levels: levels.slice(0, order), counts: counts.slice(0, order) };
}

/** How many n-grams have a count of 1, 2, 3 and 4. */
function tally(counts: Int32Array): number[] {
  const tallies = [0, 0, 0, 0];
  for (const own of counts) count(tallies, own, 1);
  return tallies;
}

function count(tallies: number[], own: number, by: number): void {
  if (own >= 1 && own <= 4) tallies[own - 1]! += by;
}

function discountOf(discounts: Discounts, count: number): number {
  return count === 0 ? 0 : discounts[Math.min(count, 3) - 1]!;
}

function singleTokens(counts: Int32Array, discounts: Discounts): Float64Array {
  const result = new Float64Array(counts.length);
  const left = interpolate(0, counts.length, counts, discounts, (id, share) => {
    result[id] = share;
  });
  for (let id = 0; id < counts.length; id++) result[id]! += left / counts.length;
  return result;
}

/** Calls with each node's discounted share and what the discounts leave for shorter contexts. @returns the latter */
function interpolate(
  begin: number,
  end: number,
  counts: Int32Array,
  discounts: Discounts,
  visit: (node: number, share: number, left: number) => void,
): number {
  let total = 0;
  let taken = 0;
  for (let node = begin; node < end; node++) {
    total += counts[node]!;
    taken += discountOf(discounts, counts[node]!);
  }
  for (let node = begin; node < end; node++) {
    visit(node, (counts[node]! - discountOf(discounts, counts[node]!)) / total, taken / total);
  }
  return taken / total;
}

function fallbackWarning(order: number, tallies: readonly number[]): SmoothingWarning {
  return {
    code: 'discount-fallback',
    message: `the ${order}-grams' counts allow no Kneser-Ney discounts; ${fallbackDiscounts.join(', ')} are taken`,
    details: { order, tallies, discounts: fallbackDiscounts },
  };
}
