import type { StoredTensor } from '../checkpoint/stored-tensor';
import type { TensorInfo } from '../checkpoint/tensor-info';

/** A weight that the file does not hold as such: it is computed from several stored tensors. */
export interface DerivedTensor {
  readonly info: TensorInfo;
  readonly parts: Readonly<Record<string, StoredTensor>>;
  /**
   * @param bytes the stored bytes of each part, by its role
   * @param values room for the weight, `[outputs, inputs]`
   */
  combine(bytes: Readonly<Record<string, Uint8Array>>, values: Float32Array): void;
}
