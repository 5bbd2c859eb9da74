import type { GraphBuilder } from '../graph/graph-builder';
import { blockEncoding } from '../weights/encodings/block-encoding';
import { float16Encoding } from '../weights/encodings/float-encoding';

export interface EmbeddingOptions {
  /** Checkpoint module whose `weight` is the table. */
  readonly module: string;
  readonly rows: number;
  readonly width: number;
  /** A small table (of positions) stays float32; default: the weights' format, as for any matrix. */
  readonly format?: 'float32';
}

/** Rows of a table: `y[i] = W[ids[i]]`, shape `[positions, width]`. @param ids integers, shape `[positions]` */
export function embedding(graph: GraphBuilder, ids: string, options: EmbeddingOptions): string {
  const { module, rows, width } = options;
  const part = { tensor: `${module}.weight` };
  const format = options.format
    ? ({ kind: 'float32' } as const)
    : graph.weights.formatOf(part, { role: 'table', columns: width });
  graph.weights.used(format, 1);
  const gather = (table: string) => graph.node('Gather', [table, ids], { attributes: { axis: 0 } });
  if (format.kind === 'float16') {
    const [table] = graph.encoded([part], () => float16Encoding(part.tensor, [rows, width])) as [string];
    return graph.node('Cast', [gather(table)], { attributes: { to: 1 } });
  }
  if (format.kind !== 'blocks') return gather(graph.weight(part.tensor, [part], [rows, width]));

  const { bits, blockSize } = format;
  const arrays = graph.encoded([part], () => blockEncoding({ ...format, rows, columns: width }));
  const blocks = Math.ceil(width / blockSize);
  const array = (name: string) => arrays.find((each) => each.endsWith(`.${name}`));
  const zeros = array('zeros');
  const y = graph.node(
    'GatherBlockQuantized',
    [
      graph.reshaped(arrays[0]!, [rows, (blocks * blockSize * bits) / 8]),
      ids,
      graph.reshaped(array('scales')!, [rows, blocks]),
      ...(zeros ? [graph.reshaped(zeros, [rows, Math.ceil((blocks * bits) / 8)])] : []),
    ],
    {
      domain: 'com.microsoft',
      attributes: { bits, block_size: blockSize, gather_axis: 0, quantize_axis: 1 },
    },
  );
  const offsets = array('offsets');
  if (!offsets) return y;
  const apart = graph.node('Reshape', [y, graph.int64([-1, blocks, blockSize])]);
  const shifts = graph.node('Unsqueeze', [gather(offsets), graph.int64([-1])]);
  return graph.node('Reshape', [graph.node('Add', [apart, shifts]), graph.int64([-1, width])]);
}
