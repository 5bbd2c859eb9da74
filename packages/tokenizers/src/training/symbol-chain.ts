/** All different words of a corpus as one chain of symbols, with how often each word occurs. */
export interface SymbolChain {
  /** Token id by position; -1 where a symbol was merged into its left neighbour. */
  readonly symbols: Int32Array;
  /** The next position of the same word; -1 at its end. */
  readonly next: Int32Array;
  /** The position before in the same word; -1 at its start. */
  readonly previous: Int32Array;
  /** Which word a position belongs to. */
  readonly wordOf: Int32Array;
  /** Where each word starts; a merge keeps its left position, so this stays. -1 for a word without symbols. */
  readonly starts: Int32Array;
  /** How often each word occurs. */
  readonly counts: Float64Array;
}

/**
 * @param words the bytes of each word, shape `[length]` each, and its count
 * @param idOfByte the symbol of each byte, shape `[256]`; bytes with -1 are left out
 * Memory: 16 bytes a byte of a different word; a word that occurs again costs nothing.
 */
export function createSymbolChain(
  words: readonly { readonly bytes: Uint8Array; readonly count: number }[],
  idOfByte: Int32Array,
): SymbolChain {
  const length = words.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const symbols = new Int32Array(length);
  const next = new Int32Array(length);
  const previous = new Int32Array(length);
  const wordOf = new Int32Array(length);
  const starts = new Int32Array(words.length).fill(-1);
  const counts = new Float64Array(words.length);
  let at = 0;
  words.forEach(({ bytes, count }, word) => {
    const start = at;
    counts[word] = count;
    for (let i = 0; i < bytes.length; i++) {
      const symbol = idOfByte[bytes[i]!]!;
      if (symbol === -1) continue;
      symbols[at] = symbol;
      previous[at] = at === start ? -1 : at - 1;
      next[at] = at + 1;
      wordOf[at] = word;
      at += 1;
    }
    if (at === start) return;
    starts[word] = start;
    next[at - 1] = -1;
  });
  return {
    symbols: symbols.subarray(0, at),
    next: next.subarray(0, at),
    previous: previous.subarray(0, at),
    wordOf: wordOf.subarray(0, at),
    starts,
    counts,
  };
}
