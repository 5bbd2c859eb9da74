import type { RotaryEmbedding } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { rotaryFrequencies, rotaryMagnitude } from './rotary-frequencies';

/** Numbers that may lie in the graph itself: 8,192 positions of a head of 64, four times over. */
const mostNumbers = 2 ** 20;

/**
 * Cosines and sines of every position of the context, shape `[contextLength, headSize / 2]` each, for attention operators
 * that rotate by themselves.
 * @returns `undefined` where the tables would be too long, frequencies change on the way, or the operator cannot: it rotates
 * whole heads in multiples of 16
 */
export function fullRotaryTables(
  graph: GraphBuilder,
  rope: RotaryEmbedding,
  { headSize, contextLength }: { readonly headSize: number; readonly contextLength: number },
): [cosine: string, sine: string] | undefined {
  const half = headSize / 2;
  const fits = rope.dimensions === headSize && contextLength * half <= mostNumbers;
  if (!fits || headSize % 16 !== 0 || rope.scaling?.type === 'dynamic') return undefined;
  const frequencies = rotaryFrequencies(rope);
  const magnitude = rotaryMagnitude(rope);
  const table = (wave: (angle: number) => number) =>
    Float32Array.from({ length: contextLength * half }, (_, index) => {
      const angle = Math.fround(Math.floor(index / half) * frequencies[index % half]!);
      return magnitude * wave(angle);
    });
  const constant = (name: string, wave: (angle: number) => number) => {
    const key = `rotary.${name} ${JSON.stringify(rope)}`;
    return graph.shared(`table ${key}`, () => graph.float32(key, table(wave), [contextLength, half]));
  };
  return [constant('cosine', Math.cos), constant('sine', Math.sin)];
}
