import type { GraphBuilder } from '../graph/graph-builder';
import { leadingShape } from './leading-shape';

/**
 * Declares what a row's softmax is about, one number a row each: `logits_max` m, `logits_logsumexp`
 * m + log Z with Z = Σ exp(x − m), and `logits_entropy` log Z − Σ exp(x − m) · (x − m) / Z, in nats.
 */
export function logitsStatistics(graph: GraphBuilder): void {
  const last = graph.int64([-1]);
  const sum = (value: string) => graph.node('ReduceSum', [value, last], { attributes: { keepdims: 0 } });
  const most = graph.node('ReduceMax', ['logits', last], { attributes: { keepdims: 1 } });
  const shifted = graph.node('Sub', ['logits', most]);
  const weights = graph.node('Exp', [shifted]);
  const total = sum(weights);
  const logTotal = graph.node('Log', [total]);
  const mean = graph.node('Div', [sum(graph.node('Mul', [weights, shifted])), total]);
  const shape = leadingShape(graph);
  const declare = (name: string, operator: string, inputs: readonly string[]) => {
    graph.node(operator, inputs, { outputs: [name] });
    graph.output({ name, type: 'float32', shape });
  };
  declare('logits_max', 'Squeeze', [most, last]);
  declare('logits_logsumexp', 'Add', ['logits_max', logTotal]);
  declare('logits_entropy', 'Sub', [logTotal, mean]);
}
