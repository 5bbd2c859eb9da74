import type { Architecture } from './architecture';
import type { ExpectedTensor } from './architecture-description';
import type { TensorTable, WeightedModule } from './tensor-table';

/** Every tensor that a model of this table has, lazily, in the order of the computation. */
export function* listTensors(table: TensorTable, architecture: Architecture): Generator<ExpectedTensor> {
  for (const module of table.before) yield* tensorsOf(module, '', architecture);
  for (let layer = 0; layer < architecture.layerCount; layer++)
    for (const module of table.layer) yield* tensorsOf(module, `${table.layers}.${layer}.`, architecture);
  for (const module of table.after) yield* tensorsOf(module, '', architecture);
}

function* tensorsOf(
  { name, shape, bias, when }: WeightedModule,
  prefix: string,
  architecture: Architecture,
): Generator<ExpectedTensor> {
  if (when && !when(architecture)) return;
  yield { name: `${prefix}${name}.weight`, shape: shape.map((size) => size(architecture)) };
  if (bias?.when(architecture)) yield { name: `${prefix}${name}.bias`, shape: [bias.size(architecture)] };
}
