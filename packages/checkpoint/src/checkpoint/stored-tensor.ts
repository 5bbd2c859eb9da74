import type { BlockFormat } from '../numbers/block-format';
import type { ByteSource } from '../source/byte-source';
import type { RowOrder } from './restore-rows';
import type { TensorInfo } from './tensor-info';

/** A tensor and where it lies. */
export interface StoredTensor {
  readonly info: TensorInfo;
  readonly source: ByteSource;
  readonly offset: number;
  /** How to read it; absent for a dtype that is only listed. */
  readonly format?: BlockFormat;
  /** For rows that the file has in another order; `rowBytes` is absent where rows cannot be told apart. */
  readonly rows?: { readonly order: RowOrder; readonly rowBytes: number | undefined };
}
