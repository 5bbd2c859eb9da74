import type { RotaryEmbedding } from '@nexttoken/checkpoint';

const { fround } = Math;

/** Frequencies of the pairs of dimensions, `theta^(−2i / dimensions)` before scaling, in float32 as Hugging Face has them. */
export function rotaryFrequencies({ theta, dimensions, scaling }: RotaryEmbedding): Float32Array {
  const plain = Float32Array.from({ length: dimensions / 2 }, (_, pair) =>
    fround(1 / fround(theta ** fround((2 * pair) / dimensions))),
  );
  switch (scaling?.type) {
    case 'linear':
      return plain.map((frequency) => frequency / scaling.factor);
    case 'divided':
      return plain.map((frequency, pair) => frequency / scaling.factors[pair]!);
    case 'longrope':
      return plain.map((_, pair) => {
        const period = fround(theta ** fround((2 * pair) / dimensions));
        return 1 / fround(fround(scaling.factors[pair]!) * period);
      });
    case 'llama3':
      return plain.map((frequency) => llama3Frequency(frequency, scaling));
    case 'yarn':
      return yarnFrequencies(plain, { theta, dimensions }, scaling);
    default:
      // `dynamic` changes them position by position, in the graph.
      return plain;
  }
}

/** What cosine and sine are multiplied with; neutral 1. */
export function rotaryMagnitude({ scaling }: RotaryEmbedding): number {
  return scaling?.type === 'yarn' || scaling?.type === 'longrope' ? scaling.attentionFactor : 1;
}

type Scaling<Type extends string> = Extract<NonNullable<RotaryEmbedding['scaling']>, { readonly type: Type }>;

function llama3Frequency(frequency: number, scaling: Scaling<'llama3'>): number {
  const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalContextLength } = scaling;
  const turns = originalContextLength / (fround(2 * Math.PI) / frequency);
  if (turns < low) return frequency / factor;
  if (turns > high) return frequency;
  const smooth = (turns - low) / (high - low);
  return ((1 - smooth) * frequency) / factor + smooth * frequency;
}

function yarnFrequencies(
  plain: Float32Array,
  { theta, dimensions }: Pick<RotaryEmbedding, 'theta' | 'dimensions'>,
  scaling: Scaling<'yarn'>,
): Float32Array {
  const { factor, originalContextLength, betaFast, betaSlow, truncate } = scaling;
  /** The (fractional) pair that turns so many times within the original context. */
  const pairOf = (turns: number) =>
    (dimensions * Math.log(originalContextLength / (turns * 2 * Math.PI))) / (2 * Math.log(theta));
  const first = truncate ? Math.floor(pairOf(betaFast)) : pairOf(betaFast);
  const last = truncate ? Math.ceil(pairOf(betaSlow)) : pairOf(betaSlow);
  const from = Math.max(first, 0);
  const to = Math.min(last, dimensions - 1);
  const width = from === to ? 0.001 : to - from;
  return plain.map((frequency, pair) => {
    const stretched = Math.min(Math.max((pair - from) / width, 0), 1);
    return (frequency / factor) * stretched + frequency * (1 - stretched);
  });
}
