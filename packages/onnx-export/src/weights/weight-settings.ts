import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { FormatSettings } from './choose-format';
import { type WeightDtype, type WeightPrecision, weightDtypes, weightPrecisions } from './weight-dtype';

const precisionsOf: Readonly<Record<WeightDtype, readonly [WeightPrecision, ...WeightPrecision[]]>> = {
  fp32: ['exact'],
  fp16: ['exact'],
  q8: ['exact', 'fast'],
  q4: ['exact', 'fast'],
  int8: ['fast'],
};

/**
 * Checks the settings of a graph's weights and fills in what was left out.
 * @param owner what refuses, as the user wrote it
 * @throws NextTokenError `invalid-parameter` for unknown values; `unsupported-option` for a precision that the
 *   dtype does not have
 */
export function weightSettings(
  owner: string,
  options: {
    readonly dtype?: WeightDtype | undefined;
    readonly precision?: WeightPrecision | undefined;
    readonly rounding?: FormatSettings['rounding'] | undefined;
  },
): Omit<FormatSettings, 'layerCount'> {
  const { dtype = 'fp32', rounding = 'symmetric' } = options;
  if (!weightDtypes.includes(dtype)) throw invalidParameter(owner, 'dtype', dtype, weightDtypes.join(', '));
  const available = precisionsOf[dtype];
  const { precision = available[0] } = options;
  if (!weightPrecisions.includes(precision))
    throw invalidParameter(owner, 'precision', precision, weightPrecisions.join(' or '));
  if (!available.includes(precision))
    throw new NextTokenError(
      'unsupported-option',
      `${owner}: precision ${precision}: dtype ${dtype} is always ${available.join(' or ')}`,
      { option: 'precision', value: precision, dtype, available },
    );
  if (rounding !== 'symmetric' && rounding !== 'asymmetric')
    throw invalidParameter(owner, 'rounding', rounding, 'symmetric or asymmetric');
  return { dtype, precision, rounding };
}
