import type { GgufReader } from './gguf-reader';
import type { RopeScaling, RotaryEmbedding } from './rotary-embedding';

export interface RopeGgufOptions {
  /** Whether a part of a head may be rotated alone; default false. */
  readonly partial?: boolean;
  /** Theta unless the file says another; default 10,000. */
  readonly theta?: number;
}

/**
 * The rotary embedding that a GGUF file asks for: fields `rope.*`, and the tensors `rope_freqs` (Llama 3),
 * `rope_factors_short` and `rope_factors_long` (LongRoPE).
 * @throws NextTokenError `unsupported-option` for another kind of scaling; `invalid-config`
 */
export function ropeFromGguf(gguf: GgufReader, options: RopeGgufOptions = {}): RotaryEmbedding {
  const { metadata, key, sizes } = gguf;
  const field = key('rope.dimension_count');
  const dimensions = metadata.positiveInteger(field, sizes.headSize);
  if (!options.partial && dimensions !== sizes.headSize)
    throw metadata.unsupported(field, `the head size, ${sizes.headSize}`);
  if (dimensions % 2 !== 0 || dimensions > sizes.headSize)
    throw metadata.invalid(field, `an even number up to ${sizes.headSize}`);
  const theta = metadata.positiveNumber(key('rope.freq_base'), options.theta ?? 10000);
  return { theta, dimensions, scaling: scalingFromGguf(gguf, dimensions) };
}

function scalingFromGguf(gguf: GgufReader, dimensions: number): RopeScaling | null {
  const { metadata, key } = gguf;
  const divided = ropeFactors(gguf, 'rope_freqs', dimensions);
  if (divided) return { type: 'divided', factors: divided };
  const longrope = longropeFromGguf(gguf, dimensions);
  if (longrope) return longrope;
  const old = key('rope.scale_linear');
  const linear = metadata.positiveNumber(old, 1);
  const factor = key('rope.scaling.factor');
  const type = metadata.oneOf(
    key('rope.scaling.type'),
    ['none', 'linear', 'yarn'],
    linear === 1 ? 'none' : 'linear',
  );
  if (type === 'linear') return { type, factor: metadata.positiveNumber(factor, linear) };
  if (type === 'none') return null;
  const scale = metadata.positiveNumber(factor);
  return {
    type,
    factor: scale,
    originalContextLength: metadata.positiveInteger(
      key('rope.scaling.original_context_length'),
      gguf.sizes.contextLength,
    ),
    betaFast: metadata.positiveNumber(key('rope.scaling.yarn_beta_fast'), 32),
    betaSlow: metadata.positiveNumber(key('rope.scaling.yarn_beta_slow'), 1),
    truncate: true,
    attentionFactor:
      metadata.positiveNumber(key('rope.scaling.attn_factor'), 1) *
      (scale <= 1 ? 1 : 0.1 * Math.log(scale) + 1),
  };
}

function longropeFromGguf(gguf: GgufReader, dimensions: number): RopeScaling | null {
  const { metadata, key, sizes } = gguf;
  const short = ropeFactors(gguf, 'rope_factors_short', dimensions);
  const long = ropeFactors(gguf, 'rope_factors_long', dimensions);
  if (!short || !long) return null;
  const { contextLength } = sizes;
  const originalContextLength = metadata.positiveInteger(
    key('rope.scaling.original_context_length'),
    contextLength,
  );
  return {
    type: 'longrope',
    originalContextLength,
    factors: short,
    attentionFactor: metadata.positiveNumber(key('rope.scaling.attn_factor'), 1),
    long: contextLength > originalContextLength ? { factors: long, contextLength } : null,
  };
}

function ropeFactors(gguf: GgufReader, name: string, dimensions: number): readonly number[] | undefined {
  const factors = gguf.ropeFactors.get(name);
  if (factors && (factors.length !== dimensions / 2 || factors.some((each) => !(each > 0))))
    throw gguf.metadata.invalid(`${name}.weight`, `${dimensions / 2} numbers above 0`);
  return factors;
}
