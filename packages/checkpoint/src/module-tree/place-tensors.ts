import { NextTokenError } from '@nexttoken/model';
import type { TensorInfo } from '../checkpoint/tensor-info';
import type { ModuleParameter } from './module-node';
import type { ModelSpec } from './module-spec';

interface Stored {
  readonly tensors: ReadonlyMap<string, TensorInfo> | undefined;
  /** The config, for errors. */
  readonly path: string;
  /** What a parameter is taken for where there is no header. */
  readonly otherwise: readonly [dtype: string, bytes: number] | undefined;
  /** Parts of the paths of linear layers that stay as they are in a quantized folder. */
  readonly unquantized: readonly string[];
}

/** Gives every parameter of a model its stored tensor, and tells afterwards what was left over on either side. */
export function placeTensors(spec: ModelSpec, { tensors, path, otherwise, unquantized }: Stored) {
  const used = new Set<string>();
  const missing: string[] = [];

  function find(name: string): TensorInfo | undefined {
    for (const each of [name, ...spec.aliases(name)]) {
      const info = tensors?.get(each);
      if (info) return info;
    }
    return undefined;
  }

  function parameter(full: string, name: string, shape: readonly number[]): ModuleParameter {
    const isTied = spec.tied && full === spec.head;
    const own = find(full);
    if (own) used.add(own.name);
    const info = isTied ? (find(spec.embedding) ?? own) : own;
    if (tensors && !info) missing.push(full);
    const parameters = count(shape);
    if (info && count(info.shape) !== parameters) throw wrongShape(info, shape, path);
    const [dtype, width] = info || tensors ? [] : (otherwise ?? []);
    return {
      name,
      shape: info?.shape ?? shape,
      parameters,
      dtype: info?.dtype ?? dtype ?? null,
      bytes: info?.byteLength ?? (width === undefined ? null : parameters * width),
      ...(isTied && { tiedTo: spec.embedding }),
    };
  }

  return {
    parameter,
    isQuantized(module: string): boolean {
      const weight = `${module}.weight`;
      if (tensors) return find(weight)?.parts !== undefined;
      return weight !== spec.head && !unquantized.some((part) => module.includes(part));
    },
    missing: (): readonly string[] => missing,
    surplus: (): readonly string[] => [...(tensors?.keys() ?? [])].filter((name) => !used.has(name)),
  };
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function wrongShape(info: TensorInfo, expected: readonly number[], config: string): NextTokenError {
  const { name: tensor, shape: actual, source: path } = info;
  const message = `${path}: the tensor ${tensor} has the shape [${actual}], but ${config} says [${expected}]`;
  return new NextTokenError('tensor-shape', message, { path, tensor, expected, actual });
}
