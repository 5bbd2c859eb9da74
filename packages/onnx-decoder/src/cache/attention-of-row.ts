export interface AttentionPlace {
  /** Which place of the run the row has. */
  readonly at: number;
  readonly slots: number;
  /** New positions. */
  readonly length: number;
  /** Columns of the graph's patterns: capacities of the shared past and of the tails. */
  readonly past: number;
  readonly tail: number;
  /** How much of both the row has. */
  readonly pastLength: number;
  readonly tailLength: number;
}

/**
 * What one row's new positions attend to, `[layers, heads, length, keys]` with `keys` the row's own positions, out of
 * the graph's patterns, one a layer: `[groups, keyValueHeads, queries a head, slots, length, past + tail + length]`.
 */
export function attentionOfRow(
  layers: readonly Float32Array[],
  groups: number,
  place: AttentionPlace,
): Float32Array {
  const { at, slots, length, past, tail, pastLength, tailLength } = place;
  const columns = past + tail + length;
  const heads = (layers[0]?.length ?? 0) / (groups * slots * length * columns);
  const keys = pastLength + tailLength + length;
  const group = Math.floor(at / slots);
  const row = new Float32Array(layers.length * heads * length * keys);
  let to = 0;
  for (const layer of layers)
    for (let head = 0; head < heads; head++)
      for (let query = 0; query < length; query++, to += keys) {
        const from = (((group * heads + head) * slots + (at % slots)) * length + query) * columns;
        row.set(layer.subarray(from, from + pastLength), to);
        row.set(layer.subarray(from + past, from + past + tailLength), to + pastLength);
        row.set(layer.subarray(from + past + tail, from + columns), to + pastLength + tailLength);
      }
  return row;
}
