import type { Checkpoint } from '@nexttoken/checkpoint';
import {
  storedWeightDtype,
  type WeightDtype,
  type WeightPrecision,
  weightSettings,
} from '@nexttoken/onnx-export';
import type { LoadOptions } from '../load/load-types';

/**
 * How a checkpoint's weights run: as asked for; `auto` on the cpu in the file's own blocks where it holds any (exact
 * unless `fast` is asked for), elsewhere as float32 (WebAssembly has no quick products for blocks).
 * @throws NextTokenError `unsupported-option` for a precision that the dtype does not have
 */
export function chooseWeights(
  checkpoint: Checkpoint,
  dtype: string,
  { device = 'auto', precision }: Pick<LoadOptions, 'device' | 'precision'>,
): { readonly dtype: WeightDtype; readonly precision: WeightPrecision } {
  const onCpu = device === 'auto' || device === 'cpu';
  const chosen = dtype !== 'auto' ? dtype : onCpu ? storedWeightDtype(checkpoint) : 'fp32';
  const settings = weightSettings('load', { dtype: chosen as WeightDtype, precision });
  return { dtype: settings.dtype, precision: settings.precision };
}
