import type { RotaryEmbedding } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { rotaryFrequencies, rotaryMagnitude } from './rotary-frequencies';

export interface RotaryWaves {
  readonly cosine: string;
  readonly sine: string;
}

/**
 * Cosines and sines of the positions at hand (Su et al. 2021, arXiv:2104.09864):
 * angle(p, i) = p · frequency(i), in float32 as Hugging Face computes them.
 * @param positions float32, with a last axis of size 1
 * @returns with a last axis of half the rotated dimensions
 */
export function rotaryWaves(graph: GraphBuilder, positions: string, rope: RotaryEmbedding): RotaryWaves {
  const frequencies = rotaryFrequencies(rope);
  const half = frequencies.length;
  const key = JSON.stringify(rope);
  const plain = graph.float32(`rotary.frequencies ${key}`, frequencies, [half]);
  const angles = graph.node('Mul', [positions, dynamic(graph, positions, rope, plain)]);
  const magnitude = rotaryMagnitude(rope);
  const scaled = (wave: string) =>
    magnitude === 1
      ? wave
      : graph.node('Mul', [
          wave,
          graph.float32(`rotary.magnitude ${magnitude}`, Float32Array.of(magnitude), []),
        ]);
  return { cosine: scaled(graph.node('Cos', [angles])), sine: scaled(graph.node('Sin', [angles])) };
}

/**
 * Frequencies at each position: behind the original context theta grows by `stretch^(d / (d − 2))` with
 * `stretch = factor · (p + 1) / original − factor + 1`, so pair i turns slower by `stretch^(−2i / (d − 2))`.
 */
function dynamic(
  graph: GraphBuilder,
  positions: string,
  { dimensions, scaling }: RotaryEmbedding,
  plain: string,
): string {
  if (scaling?.type !== 'dynamic') return plain;
  const { factor, originalContextLength } = scaling;
  const constant = (value: number) => graph.float32(`constant ${value}`, Float32Array.of(value), []);
  const slope = factor / originalContextLength;
  const stretch = graph.node('Add', [
    graph.node('Mul', [positions, constant(slope)]),
    constant(slope - factor + 1),
  ]);
  const exponents = Float32Array.from(
    { length: dimensions / 2 },
    (_, pair) => (-2 * pair) / (dimensions - 2),
  );
  const slower = graph.node('Pow', [
    graph.node('Max', [stretch, constant(1)]),
    graph.float32(`rotary.exponents ${dimensions}`, exponents, [dimensions / 2]),
  ]);
  return graph.node('Mul', [plain, slower]);
}
