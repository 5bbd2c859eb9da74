import { createMergeQueue, type MergeCandidate } from './merge-queue';
import { createPairTallies } from './pair-tallies';
import type { SymbolChain } from './symbol-chain';

/** One merge as it is learnt. */
export interface MergeStep {
  readonly left: number;
  readonly right: number;
  /** The token both become. */
  readonly id: number;
  /** How often the pair occurs in the corpus, as it is cut at this moment. */
  readonly count: number;
  /** False when the token existed already: another pair makes the same one, or the same pair came up again. */
  readonly isNew: boolean;
}

/** Why no further merge was learnt. */
export type StopReason = 'vocab-size' | 'min-frequency' | 'no-pairs';

export interface LearnMergesOptions {
  readonly vocabSize: number;
  readonly minFrequency: number;
  /** Two symbols that together reach this many characters are no candidates. */
  readonly maxTokenLength: number;
}

/**
 * Learns byte-pair merges: the most frequent pair becomes a token, again and again. The order is that of Hugging
 * Face's Rust trainer in every detail: equal counts go to the smaller pair of ids, and a pair that gains occurrences
 * while it is queued is queued once more, for the words that are new.
 * Source: Sennrich et al. 2016 (arXiv:1508.07909).
 *
 * @param chain the words; changed as the merges go on
 * @param tokens token by id; new ones are appended
 * @param idOf the same the other way round
 * Cost: O(occurrences of the merged pairs) plus O(log pairs) a candidate; a merge never looks at the rest of a word.
 */
export function* learnMerges(
  chain: SymbolChain,
  tokens: string[],
  idOf: Map<string, number>,
  options: LearnMergesOptions,
): Generator<MergeStep, StopReason> {
  const { vocabSize, minFrequency, maxTokenLength } = options;
  const { symbols, next, previous, wordOf, counts } = chain;
  const tallies = createPairTallies(chain);
  const { pairs } = tallies;
  const queue = createMergeQueue(pairs);
  const lengths = tokens.map(lengthOf);
  const enqueue = (candidate: MergeCandidate) => {
    tallies.opened(candidate);
    queue.push(candidate);
  };
  tallies.countAll().forEach(enqueue);

  while (tokens.length < vocabSize) {
    const candidate = queue.pop();
    if (candidate === undefined) return 'no-pairs';
    const now = tallies.count(candidate.pair);
    if (candidate.count !== now) {
      candidate.count = now;
      queue.push(candidate);
      continue;
    }
    if (now < 1 || now < minFrequency) return now < 1 ? 'no-pairs' : 'min-frequency';
    const left = pairs.left(candidate.pair);
    const right = pairs.right(candidate.pair);
    const token = tokens[left]! + tokens[right]!;
    const known = idOf.get(token);
    const id = known ?? tokens.length;
    if (known === undefined) {
      tokens.push(token);
      idOf.set(token, id);
      lengths.push(lengths[left]! + lengths[right]!);
    }
    const places = tallies.placesOf(candidate);
    for (let i = 0; i < places.length; i++) {
      const at = places[i]!;
      const second = next[at]!;
      if (symbols[at] !== left || second === -1 || symbols[second] !== right) continue;
      const weight = counts[wordOf[at]!]!;
      const before = previous[at]!;
      const after = next[second]!;
      symbols[at] = id;
      symbols[second] = -1;
      next[at] = after;
      if (before !== -1) {
        const neighbour = symbols[before]!;
        tallies.remove(neighbour, left, weight);
        if (lengths[neighbour]! + lengths[id]! < maxTokenLength) tallies.add(neighbour, id, weight, before);
      }
      if (after !== -1) {
        previous[after] = at;
        const neighbour = symbols[after]!;
        tallies.remove(right, neighbour, weight);
        if (lengths[neighbour]! + lengths[id]! < maxTokenLength) tallies.add(id, neighbour, weight, at);
      }
    }
    tallies.takeGains().forEach(enqueue);
    yield { left, right, id, count: now, isNew: known === undefined };
  }
  return 'vocab-size';
}

function lengthOf(token: string): number {
  return Array.from(token).length;
}
