import { bfloat16 } from '../../numbers/bfloat16';
import type { BlockFormat } from '../../numbers/block-format';
import { float16 } from '../../numbers/float16';
import { float32 } from '../../numbers/float32';
import { float64 } from '../../numbers/float64';
import { q4_0 } from './q4-0';
import { q4_1 } from './q4-1';
import { q8_0 } from './q8-0';

/** The ggml types whose tensors can be read; the others are only listed. */
export const readableBlocks: ReadonlyMap<string, BlockFormat> = new Map(
  [float32, float16, bfloat16, float64, q8_0, q4_0, q4_1].map((format) => [format.name, format]),
);
