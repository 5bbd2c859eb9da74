import type { ConfigReader } from './config-reader';

/** What YaRN multiplies cosine and sine with: given, or `0.1 · mscale · ln(factor) + 1`, a ratio of two such. */
export function yarnAttentionFactor(inner: ConfigReader, factor: number): number {
  const given = inner.value('attention_factor');
  if (given !== undefined) return inner.positiveNumber('attention_factor');
  const scale = (mscale: number) => (factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1);
  const { mscale, all } = { mscale: inner.value('mscale'), all: inner.value('mscale_all_dim') };
  if (!mscale || !all) return scale(1);
  return scale(inner.positiveNumber('mscale')) / scale(inner.positiveNumber('mscale_all_dim'));
}
