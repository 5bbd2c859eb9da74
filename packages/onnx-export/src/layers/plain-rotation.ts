import type { RotaryEmbedding } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { rotaryWaves } from './rotary-angles';

/**
 * x · cos + rotateHalf(x) · sin in standard operators, for values of shape `[batch, heads, length, headSize]`; dimensions
 * that are not rotated stay as they are.
 * @param positionIds int64, `[batch, length]`
 */
export function plainRotation(
  graph: GraphBuilder,
  positionIds: string,
  headSize: number,
): (rope: RotaryEmbedding) => (x: string) => string {
  const concat = (...parts: readonly string[]) => graph.node('Concat', parts, { attributes: { axis: -1 } });
  const column = () => {
    const asFloat = graph.node('Cast', [positionIds], { attributes: { to: 1 } });
    return graph.node('Unsqueeze', [asFloat, graph.int64([1, 3])]);
  };
  const waves = (rope: RotaryEmbedding) => {
    const { cosine, sine } = rotaryWaves(graph, graph.shared('rotary column', column), rope);
    return { cosine: concat(cosine, cosine), sine: concat(sine, sine) };
  };
  const made = new Map<string, ReturnType<typeof waves>>();
  return (rope) => {
    const key = JSON.stringify(rope);
    const { cosine, sine } = made.get(key) ?? waves(rope);
    made.set(key, { cosine, sine });
    const { dimensions } = rope;
    const half = dimensions / 2;
    const sizes = [half, half, ...(dimensions < headSize ? [headSize - dimensions] : [])];
    return (x) => {
      const [first, second, rest] = graph.nodeOutputs('Split', [x, graph.int64(sizes)], {
        attributes: { axis: -1 },
        outputs: sizes.length,
      }) as [string, string, string | undefined];
      const turning = rest === undefined ? x : concat(first, second);
      const turned = concat(graph.node('Neg', [second]), first);
      const sum = graph.node('Add', [
        graph.node('Mul', [turning, cosine]),
        graph.node('Mul', [turned, sine]),
      ]);
      return rest === undefined ? sum : concat(sum, rest);
    };
  };
}
