import type { PairTable } from '../bpe/merge-symbols';
import type { JsonPart } from './read-json';
import type { ModelVocabulary } from './read-vocabulary';

/**
 * Reads `merges`, each `["a", "b"]` or `"a b"`, as a table over ids.
 * @param prefix what the right half of a pair carries within a word; dropped in the merged token
 */
export function readBytePairs(model: JsonPart, vocabulary: ModelVocabulary, prefix: string): PairTable {
  const merges = model.value.merges;
  if (!Array.isArray(merges)) throw model.error('merges', 'must be a list');
  const width = vocabulary.tokenOf.length;
  const rankOf = new Map<number, number>();
  const merged = new Int32Array(merges.length);
  merges.forEach((merge: unknown, rank) => {
    const [left, right] = readPair(merge) ?? [];
    if (left === undefined || right === undefined) {
      throw model.error(`merges[${rank}]`, `must be two tokens, got ${JSON.stringify(merge)}`);
    }
    const token = left + right.slice(right.startsWith(prefix) ? prefix.length : 0);
    const ids = [left, right, token].map((name) => {
      const id = vocabulary.idOf.get(name);
      if (id === undefined)
        throw model.error(`merges[${rank}]`, `needs ${JSON.stringify(name)}, not in vocab`);
      return id;
    });
    rankOf.set(ids[0]! * width + ids[1]!, rank);
    merged[rank] = ids[2]!;
  });
  return {
    rank: (left, right) => rankOf.get(left * width + right) ?? -1,
    merged: (rank) => merged[rank]!,
  };
}

function readPair(merge: unknown): [string, string] | undefined {
  const halves: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
  if (!Array.isArray(halves) || halves.length !== 2) return undefined;
  const [left, right] = halves as unknown[];
  return typeof left === 'string' && typeof right === 'string' ? [left, right] : undefined;
}
