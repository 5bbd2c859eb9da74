import type { ConfigReader } from '../../architectures/config-reader';
import type { PrintedBy } from '../module-node';
import type { ModelSpec } from '../module-spec';

/** How a family's config becomes modules. */
export interface ModelFamily {
  /** `model_type` values of config.json. */
  readonly modelTypes: readonly string[];
  /** Whether transformers 4.38 had it. */
  readonly isOld: boolean;
  /**
   * @param given whether the config has a field, be it `null`
   * @throws NextTokenError `invalid-config`, `unsupported-option`
   */
  spec(config: ConfigReader, printedBy: PrintedBy, given: (field: string) => boolean): ModelSpec;
}

const mostLayers = 4096;

/** How many layers there are; far more than any model has is refused before they are listed. */
export function layerCount(config: ConfigReader, field: string, fallback: number): number {
  const count = config.positiveInteger(field, fallback);
  if (count > mostLayers) throw config.invalid(field, `an integer in [1, ${mostLayers}]`);
  return count;
}

/** A probability; neutral 0. */
export function probability(config: ConfigReader, field: string, fallback: number): number {
  const value = config.value(field) ?? fallback;
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw config.invalid(field, 'a number in [0, 1]');
  return value;
}

/**
 * The embedding's padding id: `null` means none, a negative one counts from the end.
 * @param fallback for a config that does not have the field
 */
export function paddingIndex(config: ConfigReader, rows: number, fallback?: number): number | undefined {
  const value = config.value('pad_token_id') ?? fallback;
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || Number(value) >= rows || Number(value) < -rows) {
    throw config.invalid('pad_token_id', `a token id below ${rows}, or null`);
  }
  return Number(value);
}
