import type { MergeOrder } from '../bpe/merge-order';
import { createPairTable } from '../bpe/pair-table';
import type { JsonPart } from './read-json';
import type { ModelVocabulary } from './read-vocabulary';

/**
 * Reads `merges`, each `["a", "b"]` or `"a b"`, as an order over ids.
 * @param prefix what the right half of a pair carries within a word; dropped in the merged token
 */
export function readMergeOrder(model: JsonPart, { idOf }: ModelVocabulary, prefix: string): MergeOrder {
  const merges = model.value.merges;
  if (!Array.isArray(merges)) throw model.error('merges', 'must be a list');
  const ranks = createPairTable(merges.length);
  const merged = new Int32Array(merges.length);
  const find = (name: string, rank: number): number => {
    const id = idOf.get(name);
    if (id !== undefined) return id;
    throw model.error(`merges[${rank}]`, `needs ${JSON.stringify(name)}, not in vocab`);
  };
  merges.forEach((merge: unknown, rank) => {
    const [left, right] = readPair(merge) ?? [];
    if (left === undefined || right === undefined) {
      throw model.error(`merges[${rank}]`, `must be two tokens, got ${JSON.stringify(merge)}`);
    }
    const rest = prefix !== '' && right.startsWith(prefix) ? right.slice(prefix.length) : right;
    ranks.set(find(left, rank), find(right, rank), rank);
    merged[rank] = find(left + rest, rank);
  });
  return { rank: (left, right) => ranks.get(left, right), merged: (rank) => merged[rank]! };
}

function readPair(merge: unknown): readonly [string, string] | undefined {
  if (typeof merge === 'string') {
    const space = merge.indexOf(' ');
    const pair = space > 0 && merge.indexOf(' ', space + 1) === -1 && space < merge.length - 1;
    return pair ? [merge.slice(0, space), merge.slice(space + 1)] : undefined;
  }
  if (!Array.isArray(merge) || merge.length !== 2) return undefined;
  const [left, right] = merge as unknown[];
  return typeof left === 'string' && typeof right === 'string' ? [left, right] : undefined;
}
