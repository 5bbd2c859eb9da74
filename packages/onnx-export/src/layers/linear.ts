import type { GraphBuilder } from '../graph/graph-builder';
import type { MatrixFormat } from '../weights/matrix-format';
import type { WeightPart } from '../weights/weight-part';
import { product } from './product';

/** A checkpoint module with a `weight` (and a `bias`), or some of its outputs. */
export interface ModulePart extends Pick<WeightPart, 'transposed' | 'rows'> {
  readonly module: string;
}

export interface LinearOptions {
  /** Modules whose `weight` rows are joined into one product, e.g. q, k and v. */
  readonly modules: readonly (string | ModulePart)[];
  /** One an entry of `modules`. */
  readonly outputSizes: readonly number[];
  readonly inputSize: number;
  readonly bias: boolean;
  /** What it is for, which decides how few bits it may have; default `layer`. */
  readonly role?: 'layer' | 'output';
}

interface Run {
  readonly modules: ModulePart[];
  readonly format: MatrixFormat;
  outputSize: number;
}

/**
 * y = x · Wᵀ (+ b) for x of shape `[positions, inputSize]`. W keeps the checkpoint's row order
 * `[outputSize, inputSize]`, so weights stream into the file as they are. Modules whose weights are stored in
 * different formats become several products, joined behind them.
 */
export function linear(graph: GraphBuilder, x: string, options: LinearOptions): string {
  const { modules, outputSizes, inputSize, bias, role = 'layer' } = options;
  const runs: Run[] = [];
  modules.forEach((each, index) => {
    const part = typeof each === 'string' ? { module: each } : each;
    const format = graph.weights.formatOf(weightOf(part), { role, columns: inputSize });
    const open = runs.at(-1);
    if (open && JSON.stringify(open.format) === JSON.stringify(format)) open.modules.push(part);
    else runs.push({ modules: [part], format, outputSize: 0 });
    runs.at(-1)!.outputSize += outputSizes[index]!;
  });
  const results = runs.map((run) =>
    product(graph, x, {
      ...run,
      inputSize,
      weights: run.modules.map(weightOf),
      ...(bias && {
        biases: run.modules.map(({ module, rows }) => ({ tensor: `${module}.bias`, ...(rows && { rows }) })),
      }),
    }),
  );
  return results.length === 1 ? results[0]! : graph.node('Concat', results, { attributes: { axis: -1 } });
}

const weightOf = ({ module, ...rest }: ModulePart): WeightPart => ({ tensor: `${module}.weight`, ...rest });
