import { NextTokenError } from '@nexttoken/model';
import type { StoredTensor } from '../checkpoint/stored-tensor';
import type { TensorInfo } from '../checkpoint/tensor-info';

/** The stored tensors of one quantized linear layer, by the last part of their names. */
export interface LinearParts {
  /** The layer's name, e.g. `model.layers.0.self_attn.q_proj`. */
  readonly layer: string;
  /** The file or folder, for errors. */
  readonly path: string;
  readonly stored: ReadonlyMap<string, StoredTensor>;
  /** The description of the weight that comes out of `parts`. */
  info(dtype: string, shape: readonly number[], parts: readonly StoredTensor[]): TensorInfo;
}

/** @throws NextTokenError `missing-tensor`, `tensor-shape`, `unsupported-dtype` */
export function partOf(
  linear: LinearParts,
  role: string,
  dtypes: readonly string[],
  shape?: readonly number[],
): StoredTensor {
  const part = optionalPartOf(linear, role, dtypes, shape);
  if (part) return part;
  const tensor = `${linear.layer}.${role}`;
  throw new NextTokenError(
    'missing-tensor',
    `${linear.path} needs the tensor ${tensor}, which is not there`,
    {
      path: linear.path,
      tensor,
    },
  );
}

/** As `partOf`, for one that may be left out. */
export function optionalPartOf(
  linear: LinearParts,
  role: string,
  dtypes: readonly string[],
  shape?: readonly number[],
): StoredTensor | undefined {
  const part = linear.stored.get(role);
  if (!part) return undefined;
  const { dtype, name: tensor, shape: actual, source: path } = part.info;
  if (!dtypes.includes(dtype)) {
    const message = `${path}: the tensor ${tensor} is stored as ${dtype}, expected ${dtypes.join(' or ')}`;
    throw new NextTokenError('unsupported-dtype', message, { path, tensor, dtype });
  }
  if (shape && (shape.length !== actual.length || shape.some((size, i) => size !== actual[i]))) {
    throw invalidParts(linear, role, actual, `the shape [${shape}]`);
  }
  return part;
}

/** The error for parts that do not fit together. */
export function invalidParts(
  linear: LinearParts,
  role: string,
  actual: unknown,
  expected: string,
): NextTokenError {
  const tensor = `${linear.layer}.${role}`;
  const shown = Array.isArray(actual) ? `[${actual}]` : String(actual);
  const message = `${linear.path}: ${tensor} must have ${expected}, but has ${shown}`;
  return new NextTokenError('tensor-shape', message, { path: linear.path, tensor, expected, actual });
}

/** The part's numbers as float32. */
export function floatsOf(part: StoredTensor, bytes: Uint8Array): Float32Array {
  const values = new Float32Array(part.info.shape.reduce((product, size) => product * size, 1));
  part.format!.dequantize(bytes, values);
  return values;
}
