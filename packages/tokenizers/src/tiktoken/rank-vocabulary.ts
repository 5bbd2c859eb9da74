import { readSpelling, spellBytes } from '../bytes/byte-alphabet';
import { type ByteTable, createByteTable } from '../bytes/byte-table';
import type { TokenVocabulary } from '../tokenizer/token-vocabulary';
import type { RankedBytes } from './read-ranks';

/** A vocabulary of byte strings, spelled in the byte-level alphabet when it is asked. */
export interface RankVocabulary extends TokenVocabulary {
  readonly table: ByteTable;
  /** How many bytes an ordinary token has. */
  byteLength(id: number): number;
}

/** @param special special tokens by name */
export function rankVocabulary(
  { arena, starts }: RankedBytes,
  special: Readonly<Record<string, number>>,
): RankVocabulary {
  const table = createByteTable(arena, starts);
  const named = new Map(Object.entries(special));
  const nameOf = new Map(Object.entries(special).map(([name, id]) => [id, name]));
  const ranks = starts.length - 1;
  const spellings: (string | undefined)[] = [];
  const byteLength = (id: number) => starts[id + 1]! - starts[id]!;
  return {
    size: Math.max(ranks, ...Array.from(named.values(), (id) => id + 1)),
    table,
    byteLength,
    tokenOf(id) {
      const name = nameOf.get(id);
      if (name !== undefined) return name;
      if (!(id >= 0 && id < ranks) || !Number.isInteger(id) || byteLength(id) === 0) return undefined;
      spellings[id] ??= spellBytes(arena.subarray(starts[id]!, starts[id + 1]!));
      return spellings[id];
    },
    idOf(token) {
      const id = named.get(token);
      if (id !== undefined) return id;
      const bytes = readSpelling(token);
      const found = bytes === undefined || bytes.length === 0 ? -1 : table.find(bytes, 0, bytes.length);
      return found === -1 ? undefined : found;
    },
  };
}
