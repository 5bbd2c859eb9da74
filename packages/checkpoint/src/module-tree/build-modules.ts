import type { Quantization } from '../quantized/quantization';
import type { ModuleNode, ModuleParameter } from './module-node';
import type { ModuleSpec } from './module-spec';
import { quantizedLinear } from './quantized-linear';

/** What building a tree needs to know beside the modules themselves. */
export interface ModuleSurroundings {
  readonly quantization: Quantization | undefined;
  /** Whether the linear layer of this path is stored quantized. */
  isQuantized(path: string): boolean;
  /** The parameter of this full name. */
  parameter(path: string, name: string, shape: readonly number[]): ModuleParameter;
}

/** A module with everything below it, from its description. */
export function buildModule(
  spec: ModuleSpec,
  name: string,
  path: string,
  surroundings: ModuleSurroundings,
): ModuleNode {
  const { quantization } = surroundings;
  const shown =
    spec.linear && quantization && surroundings.isQuantized(path)
      ? quantizedLinear(spec.linear, quantization)
      : { type: spec.type, arguments: spec.arguments ?? '' };
  const own = Object.entries(spec.tensors ?? {}).map(([tensor, shape]) =>
    surroundings.parameter(`${path}.${tensor}`, tensor, shape),
  );
  const children = childrenOf(spec).map(([child, inner]) =>
    buildModule(inner, child, path === '' ? child : `${path}.${child}`, surroundings),
  );
  const counted = [...own.filter(({ tiedTo }) => tiedTo === undefined), ...children];
  return {
    name,
    path,
    ...shown,
    own,
    children,
    parameters: counted.reduce((sum, { parameters }) => sum + parameters, 0),
    bytes: counted.reduce<number | null>(
      (sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes),
      0,
    ),
  };
}

function childrenOf({ children = {}, repeated }: ModuleSpec): (readonly [name: string, spec: ModuleSpec])[] {
  if (!repeated) return Object.entries(children);
  return Array.from({ length: repeated.count }, (_, index) => [String(index), repeated.spec] as const);
}
