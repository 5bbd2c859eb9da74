import type { NextTokenError } from '@nexttoken/model';
import type { ConfigReader } from './config-reader';
import type { RopeScaling } from './rotary-embedding';
import { yarnAttentionFactor } from './yarn-attention-factor';

interface ScalingSource {
  readonly config: ConfigReader;
  /** The object that describes the rotary embedding. */
  readonly inner: ConfigReader;
  /** How many dimensions of a head are rotated. */
  readonly dimensions: number;
  /** Further names of kinds. */
  readonly aliases: Readonly<Record<string, string>>;
  /** The error for an object that asks for something unknown. */
  unsupported(supported: string): NextTokenError;
}

/** A kind of scaling: its parameters in a config, and what it makes of them. */
interface ScalingKind {
  readonly parameters: readonly string[];
  read(source: ScalingSource): RopeScaling | null;
}

const original = 'original_max_position_embeddings';

/** The context a model had before its rotary embedding was stretched; the config itself comes first. */
const originalContext = ({ inner, config }: ScalingSource): number =>
  config.value(original) === undefined
    ? inner.positiveInteger(original, config.positiveInteger('max_position_embeddings'))
    : config.positiveInteger(original);

const kinds: Readonly<Record<string, ScalingKind>> = {
  default: { parameters: [], read: () => null },
  linear: {
    parameters: ['factor'],
    read: ({ inner }) => ({ type: 'linear', factor: inner.positiveNumber('factor') }),
  },
  dynamic: {
    parameters: ['factor'],
    read: ({ inner, config }) => ({
      type: 'dynamic',
      factor: inner.positiveNumber('factor'),
      originalContextLength: config.positiveInteger('max_position_embeddings'),
    }),
  },
  yarn: {
    parameters: [
      ...['factor', original, 'attention_factor', 'beta_fast', 'beta_slow'],
      ...['mscale', 'mscale_all_dim', 'truncate'],
    ],
    read: (source) => {
      const { inner, config } = source;
      const originalContextLength = originalContext(source);
      const context = () => config.positiveInteger('max_position_embeddings') / originalContextLength;
      const factor =
        inner.value('factor') === undefined && inner.has('factor')
          ? context()
          : inner.positiveNumber('factor');
      return {
        type: 'yarn',
        factor,
        originalContextLength,
        betaFast: inner.positiveNumber('beta_fast', 32),
        betaSlow: inner.positiveNumber('beta_slow', 1),
        truncate: inner.boolean('truncate', true),
        attentionFactor: yarnAttentionFactor(inner, factor),
      };
    },
  },
  llama3: {
    parameters: ['factor', original, 'low_freq_factor', 'high_freq_factor'],
    read: (source) => ({
      type: 'llama3',
      factor: source.inner.positiveNumber('factor'),
      lowFrequencyFactor: source.inner.positiveNumber('low_freq_factor'),
      highFrequencyFactor: source.inner.positiveNumber('high_freq_factor'),
      originalContextLength: originalContext(source),
    }),
  },
  longrope: {
    parameters: ['factor', original, 'attention_factor', 'short_factor', 'long_factor'],
    read: (source) => {
      const { inner, config, dimensions } = source;
      const originalContextLength = originalContext(source);
      const contextLength = config.positiveInteger('max_position_embeddings');
      const factor = inner.positiveNumber('factor', contextLength / originalContextLength);
      const logarithms = Math.log(factor) / Math.log(originalContextLength);
      const long = inner.positiveNumbers('long_factor', dimensions / 2);
      return {
        type: 'longrope',
        originalContextLength,
        factors: inner.positiveNumbers('short_factor', dimensions / 2),
        attentionFactor: inner.positiveNumber(
          'attention_factor',
          factor <= 1 ? 1 : Math.sqrt(1 + logarithms),
        ),
        long: contextLength > originalContextLength ? { factors: long, contextLength } : null,
      };
    },
  },
};

const names = Object.keys(kinds);
const common = ['rope_type', 'type', 'rope_theta', 'partial_rotary_factor'];

/**
 * The scaling that an object of a config asks for.
 * @throws NextTokenError `unsupported-option` for another kind, or a parameter that the kind does not have
 */
export function ropeScalingFromConfig(source: ScalingSource): RopeScaling | null {
  const { inner, aliases, unsupported } = source;
  const named = inner.value('rope_type') ?? inner.value('type') ?? 'default';
  const name = typeof named === 'string' ? (aliases[named] ?? named) : named;
  const kind = typeof name === 'string' && names.includes(name) ? kinds[name]! : undefined;
  if (!kind) throw unsupported(`the types ${names.join(', ')}`);
  const known = [...common, ...kind.parameters];
  const other = inner.fields.find((each) => !known.includes(each) && inner.value(each) !== undefined);
  if (other !== undefined)
    throw unsupported(`the type "${name}" with ${kind.parameters.join(', ') || 'no parameters'}`);
  return kind.read(source);
}
