import { type AttentionPatterns, checkOptionNames, invalidParameter } from '@nexttoken/model';
import { descendingIndices } from '@nexttoken/numeric';
import { displayToken } from '../token/display-token';
import type { AttentionEntry, AttentionHeadOptions, AttentionHeadView, AttentionRow } from './attention-data';
import { checkIndex, firstPositionOf, weightsOf, withoutFirst } from './attention-weights';
import { rowMeasures } from './row-measures';

const owner = 'attentionHead';
const optionNames: readonly string[] = Object.keys({
  layer: 0,
  head: 0,
  mass: 0,
  positions: 0,
  ids: 0,
  tokenizer: 0,
  ignoreFirst: 0,
} satisfies Record<keyof AttentionHeadOptions, 0>);

/** The fewest keys that hold `mass` of what the row gives, strongest first; of equal ones the lower key. */
function strongest(weights: Float32Array, mass: number, tokens: readonly string[]): AttentionEntry[] {
  const entries: AttentionEntry[] = [];
  let total = 0;
  for (const weight of weights) total += weight;
  let sum = 0;
  for (const key of descendingIndices(weights)) {
    const weight = weights[key]!;
    if (weight === 0 || (sum >= mass * total && entries.length > 0)) break;
    if (mass === 0) break;
    entries.push({ key, token: tokens[key]!, weight });
    sum += weight;
  }
  return entries;
}

function rowOf(
  raw: Float32Array,
  position: number,
  { mass, ignoreFirst }: { readonly mass: number; readonly ignoreFirst: boolean },
  tokens: readonly string[],
): AttentionRow {
  const weights = ignoreFirst ? withoutFirst(raw) : raw;
  const entries = strongest(weights, mass, tokens);
  const seen = position + 1 - (ignoreFirst ? 1 : 0);
  return {
    position,
    token: tokens[position]!,
    entries,
    mass: entries.reduce((sum, { weight }) => sum + weight, 0),
    rest: Math.max(0, seen - entries.length),
    sink: raw[0]!,
    ...rowMeasures(weights, position),
  };
}

/**
 * One head in full: for every position the fewest keys that together hold a share of its attention, how far it
 * reaches, how much goes into the first position (the sink, where heads that have nothing to do look).
 *
 * @param patterns as `forward` captured them; read, not kept
 * @throws NextTokenError `invalid-parameter` for a layer, head, position or mass out of range, or ids of another number;
 *   `unsupported-option`
 *
 * Cost: one sort of the keys for every position.
 */
export function attentionHead(patterns: AttentionPatterns, options: AttentionHeadOptions): AttentionHeadView {
  checkOptionNames(owner, options, optionNames);
  const { layer, head, mass = 0.9, positions, ids, tokenizer, ignoreFirst = false } = options;
  checkIndex(owner, 'layer', layer, patterns.layers);
  checkIndex(owner, 'head', head, patterns.heads);
  const { keys } = patterns;
  if (!(mass >= 0 && mass <= 1)) throw invalidParameter(owner, 'mass', mass, 'a number in [0, 1]');
  if (ids && ids.length !== keys) throw invalidParameter(owner, 'ids', ids.length, `one id a key, ${keys}`);
  const first = firstPositionOf(patterns);
  const shown = positions ?? Array.from({ length: patterns.positions }, (_, row) => first + row);
  for (const position of shown) {
    if (Number.isInteger(position) && position >= first && position < keys) continue;
    throw invalidParameter(owner, 'positions', position, `integers in [${first}, ${keys})`);
  }
  const tokens = Array.from({ length: keys }, (_, key) =>
    ids ? displayToken(tokenizer, ids[key]!) : String(key),
  );
  const rows = shown.map((position) => weightsOf(patterns, layer, head, position - first));
  const weights = new Float32Array(rows.length * keys);
  for (const [index, row] of rows.entries()) weights.set(ignoreFirst ? withoutFirst(row) : row, index * keys);
  return {
    layer,
    head,
    ignoreFirst,
    mass,
    keys,
    tokens,
    rows: rows.map((row, index) => rowOf(row, shown[index]!, { mass, ignoreFirst }, tokens)),
    weights,
  };
}
