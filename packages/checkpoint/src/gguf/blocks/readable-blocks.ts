import { bfloat16 } from '../../numbers/bfloat16';
import type { BlockFormat } from '../../numbers/block-format';
import { float16 } from '../../numbers/float16';
import { float32 } from '../../numbers/float32';
import { float64 } from '../../numbers/float64';
import { iq4_nl, iq4_xs } from './iq4';
import { q2_k } from './q2-k';
import { q3_k } from './q3-k';
import { q4_0 } from './q4-0';
import { q4_1 } from './q4-1';
import { q4_k } from './q4-k';
import { q5_0 } from './q5-0';
import { q5_1 } from './q5-1';
import { q5_k } from './q5-k';
import { q6_k } from './q6-k';
import { q8_0 } from './q8-0';

/** The ggml types whose tensors can be read; the others are only listed. */
export const readableBlocks: ReadonlyMap<string, BlockFormat> = new Map(
  [
    ...[float32, float16, bfloat16, float64],
    ...[q8_0, q4_0, q4_1, q5_0, q5_1, iq4_nl],
    ...[q2_k, q3_k, q4_k, q5_k, q6_k, iq4_xs],
  ].map((format) => [format.name, format]),
);
