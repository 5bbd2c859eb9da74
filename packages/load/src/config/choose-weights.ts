import type { Checkpoint } from '@nexttoken/checkpoint';
import {
  type ExportOptions,
  storedWeightDtype,
  type WeightDtype,
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
): Required<Pick<ExportOptions, 'dtype' | 'precision' | 'offsets'>> {
  const onCpu = device === 'auto' || device === 'cpu';
  const chosen = dtype !== 'auto' ? dtype : onCpu ? storedWeightDtype(checkpoint) : 'fp32';
  const settings = weightSettings('load', { dtype: chosen as WeightDtype, precision });
  const { dtype: taken, precision: kept } = settings;
  // Graphics processors have no quick products for rows of odd lengths. Weights without blocks are the same either way.
  const offsets = onCpu && (taken === 'q4' || taken === 'q8') ? 'columns' : 'product';
  return { dtype: taken, precision: kept, offsets };
}
