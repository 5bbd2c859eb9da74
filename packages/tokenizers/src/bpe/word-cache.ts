const longestWord = 256;
const capacity = 10_000;

/** Remembers what short words were encoded to; starts anew when full. */
export function cacheWords(encode: (word: string) => readonly number[]): (word: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (word) => {
    if (word.length >= longestWord) return encode(word);
    let ids = known.get(word);
    if (ids === undefined) {
      if (known.size >= capacity) known.clear();
      ids = encode(word);
      known.set(word, ids);
    }
    return ids;
  };
}
