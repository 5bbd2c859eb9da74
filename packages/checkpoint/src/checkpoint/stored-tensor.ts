import type { BlockFormat } from '../numbers/block-format';
import type { ByteSource } from '../source/byte-source';
import type { TensorInfo } from './tensor-info';

/** A tensor and where it lies. */
export interface StoredTensor {
  readonly info: TensorInfo;
  readonly source: ByteSource;
  readonly offset: number;
  /** How to read it; absent for a dtype that is only listed. */
  readonly format?: BlockFormat;
  /** For rows that are interleaved per head in the file; `rowBytes` is absent where rows cannot be told apart. */
  readonly interleaved?: { readonly heads: number; readonly rowBytes: number | undefined };
}
