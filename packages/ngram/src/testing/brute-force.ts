/** The table of the naive program: what followed every prefix within its sentence, in order of first appearance. */
export type PrefixTable = Map<string, Map<string, number>>;

/** A table of prefixes of 0 to `order - 1` words, as a dict of dicts: slow and plain. */
export function prefixTable(sentences: readonly (readonly string[])[], order: number): PrefixTable {
  const table: PrefixTable = new Map();
  for (const sentence of sentences) {
    for (let i = 0; i < sentence.length; i++) {
      for (let j = i; j < Math.min(sentence.length, i + order); j++) {
        const prefix = sentence.slice(i, j).join(' ');
        const followers = table.get(prefix) ?? new Map<string, number>();
        table.set(prefix, followers);
        followers.set(sentence[j]!, (followers.get(sentence[j]!) ?? 0) + 1);
      }
    }
  }
  return table;
}

/** Its list for a prefix: count descending, ties in order of first appearance. */
export function prefixList(table: PrefixTable, prefix: string): [string, number][] {
  return [...(table.get(prefix) ?? [])].sort((a, b) => b[1] - a[1]);
}
