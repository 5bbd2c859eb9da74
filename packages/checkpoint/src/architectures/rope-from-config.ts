import { NextTokenError } from '@nexttoken/model';
import type { RotaryEmbedding } from './architecture';
import { type ConfigReader, configReader } from './config-reader';

/**
 * The rotary embedding a Hugging Face config asks for, in either of its spellings: `rope_theta` beside
 * `rope_scaling`, or `rope_parameters` (transformers 5) with both inside. Theta is 10,000 unless given.
 * @throws NextTokenError `unsupported-option` for every kind but the default one; `invalid-config`
 */
export function ropeFromConfig(config: ConfigReader, headSize: number): RotaryEmbedding {
  let theta = config.value('rope_theta') === undefined ? undefined : config.positiveNumber('rope_theta');
  for (const field of ['rope_parameters', 'rope_scaling']) {
    const found = config.value(field);
    if (found === undefined) continue;
    if (typeof found !== 'object' || found === null || Array.isArray(found)) {
      throw config.invalid(field, 'an object or null');
    }
    const inner = configReader({ ...found }, `${config.path}: ${field}`);
    checkDefaultKind(config, field, inner, found);
    if (inner.value('rope_theta') === undefined) continue;
    const innerTheta = inner.positiveNumber('rope_theta');
    if (theta !== undefined && theta !== innerTheta) throw contradiction(config, field, theta, innerTheta);
    theta = innerTheta;
  }
  if ((config.value('partial_rotary_factor') ?? 1) !== 1)
    throw config.unsupported('partial_rotary_factor', '1');
  if (config.boolean('rope_interleaved', false)) throw config.unsupported('rope_interleaved', 'false');
  return { theta: theta ?? 10000, dimensions: headSize, scaling: null };
}

function checkDefaultKind(config: ConfigReader, field: string, inner: ConfigReader, found: object): void {
  const supported = 'null, or the type "default" without further parameters';
  const kind = inner.value('rope_type') ?? inner.value('type') ?? 'default';
  const known = new Set(['rope_type', 'type', 'rope_theta', 'partial_rotary_factor']);
  const others = Object.keys(found).filter((key) => !known.has(key) && inner.value(key) !== undefined);
  if (kind !== 'default' || others.length > 0) throw config.unsupported(field, supported);
  if ((inner.value('partial_rotary_factor') ?? 1) !== 1) throw config.unsupported(field, supported);
}

function contradiction(config: ConfigReader, field: string, outer: number, inner: number): NextTokenError {
  return new NextTokenError(
    'invalid-config',
    `${config.path}: rope_theta is ${outer}, but ${field}.rope_theta is ${inner}`,
    { path: config.path, field: `${field}.rope_theta`, value: inner, expected: outer },
  );
}
