import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { ModelCosts, ModuleTreeNode } from './module-tree-data';

/** What {@link modelCosts} needs to know; `Architecture` of `@nexttoken/checkpoint` has all of it. */
export interface CostArchitecture {
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
}

/** Weights that a token is multiplied by: matrices, but for tables that are looked up. */
function matrixWeights({ type, own, children }: ModuleTreeNode): number {
  const isTable = type.endsWith('Embedding');
  const matrices = own.filter(({ shape }) => shape.length > 1 && !isTable);
  const weights = matrices.reduce((sum, { parameters }) => sum + parameters, 0);
  return children.reduce((sum, child) => sum + matrixWeights(child), weights);
}

/**
 * What one more token costs: bytes of the KV cache `2 · layers · keyValueHeads · headSize · bytesPerNumber`, and operations
 * `2 · weights + 4 · layers · heads · headSize · (positions + 1)`. Norms and activations are left out.
 *
 * @param options `positions` before the token, default 0; `bytesPerNumber` of the cache, default 4 (float32)
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 */
export function modelCosts(
  root: ModuleTreeNode,
  architecture: CostArchitecture,
  options: { readonly positions?: number | undefined; readonly bytesPerNumber?: number | undefined } = {},
): ModelCosts {
  checkOptionNames('modelCosts', options, ['positions', 'bytesPerNumber']);
  const { positions = 0, bytesPerNumber = 4 } = options;
  if (!(positions >= 0)) throw invalidParameter('modelCosts', 'positions', positions, 'a number >= 0');
  if (!(bytesPerNumber > 0)) {
    throw invalidParameter('modelCosts', 'bytesPerNumber', bytesPerNumber, 'a number > 0');
  }
  const { layerCount, headCount, keyValueHeadCount, headSize } = architecture;
  return {
    parameters: root.parameters,
    bytes: root.bytes,
    cacheBytesPerToken: 2 * layerCount * keyValueHeadCount * headSize * bytesPerNumber,
    operationsPerToken: 2 * matrixWeights(root) + 4 * layerCount * headCount * headSize * (positions + 1),
  };
}
