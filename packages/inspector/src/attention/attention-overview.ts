import { type AttentionPatterns, checkOptionNames } from '@nexttoken/model';
import type { AttentionHeadSummary, AttentionOverview } from './attention-data';
import { firstPositionOf, weightsOf, withoutFirst } from './attention-weights';
import { rowMeasures } from './row-measures';

function summarise(
  patterns: AttentionPatterns,
  layer: number,
  head: number,
  ignoreFirst: boolean,
): AttentionHeadSummary {
  const first = firstPositionOf(patterns);
  const sums = { sink: 0, self: 0, previous: 0, reach: 0, entropy: 0 };
  let count = 0;
  for (let row = 0; row < patterns.positions; row++) {
    const position = first + row;
    if (position === 0) continue;
    count++;
    const raw = weightsOf(patterns, layer, head, row);
    const weights = ignoreFirst ? withoutFirst(raw) : raw;
    const { reach, entropy } = rowMeasures(weights, position);
    sums.sink += raw[0]!;
    sums.self += weights[position]!;
    sums.previous += weights[position - 1]!;
    sums.reach += reach;
    sums.entropy += entropy;
  }
  const mean = (sum: number): number => (count === 0 ? 0 : sum / count);
  const { sink, self, previous, reach, entropy } = sums;
  return {
    layer,
    head,
    sink: mean(sink),
    self: mean(self),
    previous: mean(previous),
    reach: mean(reach),
    entropy: mean(entropy),
  };
}

/**
 * Every head of every layer in five numbers: how much goes into the first position, to itself, to the one before,
 * how far it reaches, how spread it is. Means over all positions but the first.
 *
 * @throws NextTokenError `unsupported-option`
 * Cost: one pass over the patterns.
 */
export function attentionOverview(
  patterns: AttentionPatterns,
  options: { readonly ignoreFirst?: boolean | undefined } = {},
): AttentionOverview {
  checkOptionNames('attentionOverview', options, ['ignoreFirst']);
  const { ignoreFirst = false } = options;
  const { layers, heads, keys } = patterns;
  const summaries = Array.from({ length: layers * heads }, (_, index) =>
    summarise(patterns, Math.floor(index / heads), index % heads, ignoreFirst),
  );
  return { layers, heads, keys, ignoreFirst, summaries };
}
