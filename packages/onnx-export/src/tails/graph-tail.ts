import { checkOptionNames, invalidParameter, NextTokenError } from '@nexttoken/model';
import type { GraphBuilder } from '../graph/graph-builder';
import type { DecoderLayout } from '../layouts/decoder-layout';
import { logitsStatistics } from './logits-statistics';
import { topLogits } from './top-logits';

/** What a graph does with its logits before it gives them out, so that a caller need not read whole rows. */
export interface GraphTail {
  /**
   * Standard layouts: only each row's last position goes through the output layer, `logits` is
   * `[batch, 1, vocabSize]`; default false. The layout `caller-cache` chooses positions by its input anyway.
   */
  readonly lastPosition?: boolean;
  /** 1 to vocabSize: outputs `top_values` and `top_ids` (int32), the largest logits, descending. Default: none. */
  readonly top?: number;
  /** Outputs `logits_max`, `logits_logsumexp` and `logits_entropy` (nats) of each row's softmax; default false. */
  readonly statistics?: boolean;
}

/**
 * Checks a tail.
 * @throws NextTokenError `invalid-parameter`; `unsupported-option` for `lastPosition` in the layout `caller-cache`
 */
export function checkTail(tail: GraphTail, layout: string, vocabSize: number): void {
  checkOptionNames('exportDecoder: tail', tail, ['lastPosition', 'top', 'statistics']);
  const { lastPosition, top } = tail;
  if (top !== undefined && (!Number.isInteger(top) || top < 1 || top > vocabSize))
    throw invalidParameter('exportDecoder', 'tail.top', top, `an integer from 1 to ${vocabSize}`);
  if (lastPosition && layout === 'caller-cache')
    throw new NextTokenError(
      'unsupported-option',
      'exportDecoder: tail.lastPosition: the layout caller-cache chooses positions by its input logits_rows',
      { option: 'tail.lastPosition', layout },
    );
}

/** A layout whose logits get the tail. @param vocabSize width of a row */
export function withTail(
  graph: GraphBuilder,
  layout: DecoderLayout,
  { lastPosition = false, top, statistics = false }: GraphTail,
  vocabSize: number,
): DecoderLayout {
  return {
    ...layout,
    logits: (normed, head) => {
      if (lastPosition) lastLogits(graph, head(lastRows(graph, normed)), vocabSize);
      else layout.logits(normed, head);
      if (top !== undefined) topLogits(graph, top);
      if (statistics) logitsStatistics(graph);
    },
  };
}

/** `[batch · length, width]` → each row's last position, `[batch, width]`. */
function lastRows(graph: GraphBuilder, normed: string): string {
  const shape = graph.node('Concat', [graph.node('Shape', ['input_ids']), graph.int64([-1])], {
    attributes: { axis: 0 },
  });
  const apart = graph.node('Reshape', [normed, shape]);
  const last = graph.node('Gather', [apart, graph.int64([-1])], { attributes: { axis: 1 } });
  return graph.node('Squeeze', [last, graph.int64([1])]);
}

function lastLogits(graph: GraphBuilder, rows: string, vocabSize: number): void {
  graph.node('Unsqueeze', [rows, graph.int64([1])], { outputs: ['logits'] });
  graph.output({ name: 'logits', type: 'float32', shape: ['batch_size', 1, vocabSize] });
}
