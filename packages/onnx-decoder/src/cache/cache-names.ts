const known = new Map<string, readonly string[]>();

/** The graph's names of the cache tensors: keys and values by turns. */
export function cacheNames(prefix: 'past' | 'tail' | 'new', layerCount: number): readonly string[] {
  const key = `${prefix} ${layerCount}`;
  const names =
    known.get(key) ??
    Array.from(
      { length: 2 * layerCount },
      (_, side) => `${prefix}.${side >> 1}.${side & 1 ? 'value' : 'key'}`,
    );
  known.set(key, names);
  return names;
}
