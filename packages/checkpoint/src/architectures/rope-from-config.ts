import { NextTokenError } from '@nexttoken/model';
import { type ConfigReader, configReader } from './config-reader';
import { ropeScalingFromConfig } from './rope-scaling-from-config';
import type { RotaryEmbedding } from './rotary-embedding';

export interface RopeConfigOptions {
  readonly headSize: number;
  /** Theta unless the config says another; default 10,000. */
  readonly theta?: number;
  /** Where old configs say it; default `rope_theta`. */
  readonly thetaField?: string;
  /** The part of a head that is rotated, for families that know the option, and where old configs say it. */
  readonly partial?: { readonly fraction: number; readonly field: string };
  /** For families whose rotary embedding depends on the type of the layer. */
  readonly layerType?: 'full_attention' | 'sliding_attention';
  /** Another name under which old configs of a family ask for a scaling. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/**
 * The rotary embedding a Hugging Face config asks for, in either of its spellings: `rope_theta` beside
 * `rope_scaling`, or `rope_parameters` (transformers 5) with both inside.
 * @throws NextTokenError `unsupported-option` for a kind of scaling or a parameter that is not known; `invalid-config`
 */
export function ropeFromConfig(config: ConfigReader, options: RopeConfigOptions): RotaryEmbedding {
  const { headSize, thetaField = 'rope_theta', partial, aliases = {} } = options;
  const parts = ropeFields(config, options);
  const first = (field: string, outer: string): number | undefined => {
    let found = config.value(outer) === undefined ? undefined : config.positiveNumber(outer);
    for (const { field: name, inner } of parts) {
      if (inner.value(field) === undefined) continue;
      const value = inner.positiveNumber(field);
      if (found !== undefined && found !== value)
        throw contradiction(config, outer, found, `${name}.${field}`, value);
      found = value;
    }
    return found;
  };
  const theta = first('rope_theta', thetaField) ?? options.theta ?? 10000;
  const fraction = first('partial_rotary_factor', partial?.field ?? 'partial_rotary_factor');
  if (!partial && (fraction ?? 1) !== 1) throw config.unsupported('partial_rotary_factor', '1');
  if (config.boolean('rope_interleaved', false)) throw config.unsupported('rope_interleaved', 'false');
  const dimensions = Math.trunc(headSize * (fraction ?? partial?.fraction ?? 1));
  if (dimensions !== headSize && (dimensions < 2 || dimensions > headSize || dimensions % 2 !== 0))
    throw config.invalid(
      partial?.field ?? 'partial_rotary_factor',
      `a fraction that leaves an even number of ${headSize} dimensions`,
    );
  const [one, other] = parts.flatMap((part) => {
    const unsupported = (supported: string) => part.owner.unsupported(part.field, supported);
    const scaling = ropeScalingFromConfig({ config, inner: part.inner, dimensions, aliases, unsupported });
    return scaling ? [{ ...part, scaling }] : [];
  });
  if (one && other && JSON.stringify(one.scaling) !== JSON.stringify(other.scaling))
    throw other.owner.invalid(other.field, `what ${one.field} says`);
  return { theta, dimensions, scaling: one?.scaling ?? null };
}

/** An object that describes a rotary embedding, and where it stands. */
interface RopeField {
  readonly owner: ConfigReader;
  readonly field: string;
  readonly inner: ConfigReader;
}

/** The objects that say something about this layer type. */
function ropeFields(config: ConfigReader, { layerType }: RopeConfigOptions): RopeField[] {
  const fields: RopeField[] = [];
  for (const field of ['rope_parameters', 'rope_scaling']) {
    const found = config.value(field);
    if (found === undefined) continue;
    const inner = readerOf(config, field, found);
    const own = layerType && inner.value(layerType);
    if (own !== undefined)
      fields.push({ owner: inner, field: layerType!, inner: readerOf(inner, layerType!, own, `${field}.`) });
    // What is said once is meant for the layers that see everything.
    else if (layerType === undefined || (layerType === 'full_attention' && !inner.has('sliding_attention')))
      fields.push({ owner: config, field, inner });
  }
  return fields;
}

function readerOf(config: ConfigReader, field: string, found: unknown, prefix = ''): ConfigReader {
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw config.invalid(field, 'an object or null');
  return configReader({ ...found }, config.path, `${prefix}${field}.`);
}

function contradiction(
  config: ConfigReader,
  outer: string,
  expected: number,
  field: string,
  value: number,
): NextTokenError {
  return new NextTokenError(
    'invalid-config',
    `${config.path}: ${outer} is ${expected}, but ${field} is ${value}`,
    { path: config.path, field, value, expected },
  );
}
