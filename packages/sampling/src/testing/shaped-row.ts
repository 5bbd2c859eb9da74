import { createRandom } from '@nexttoken/numeric';

type Shape = (normal: () => number, uniform: () => number, id: number, size: number) => number;

const bulk: Shape = (normal) => 3 * normal();

/** Rows as models give them, and as they never should. */
const shapes = {
  normal: bulk,
  flat: (normal) => 0.01 * normal(),
  wide: (normal) => 60 * normal(),
  peaked: (normal, _uniform, id, size) => (id === size >> 1 ? 30 : 2 * normal()),
  model: (normal, uniform) => 2 * normal() + (uniform() < 1e-3 ? 12 * uniform() : 0),
  ties: (normal) => Math.round(normal()),
  halves: (normal) => Math.round(8 * normal()) / 8,
  plateau: (_normal, uniform) => (uniform() < 0.02 ? 2 : 1),
  constant: () => 1.5,
  cliff: (normal, uniform) => 3 * normal() - (uniform() < 0.5 ? 60 : 0),
  banned: (normal, uniform) => (uniform() < 0.3 ? Number.NEGATIVE_INFINITY : 3 * normal()),
  sparse: (normal, uniform) => (uniform() < 0.995 ? Number.NEGATIVE_INFINITY : 3 * normal()),
  offset: (normal) => 512 + 3 * normal(),
  low: (normal) => -700 + 3 * normal(),
  far: (normal) => 1e6 + 3 * normal(),
  huge: (normal) => 1e37 * normal(),
  tiny: (normal) => 1e-41 * normal(),
  ascending: (_normal, _uniform, id) => id / 1000,
  descending: (_normal, _uniform, id) => -id / 1000,
  every31st: (normal, _uniform, id) => (id % 31 === 0 ? 9 : 0) + normal(),
  notEvery31st: (normal, _uniform, id) => (id % 31 === 0 ? -40 : 0) + normal(),
  nothing: () => Number.NEGATIVE_INFINITY,
  nan: (normal, _uniform, id, size) => (id === (size * 2) / 3 ? Number.NaN : 3 * normal()),
  notANumber: (normal, uniform) => (uniform() < 1e-3 ? Number.NaN : 3 * normal()),
  infinite: (normal, uniform) => (uniform() < 1e-3 ? Number.POSITIVE_INFINITY : 3 * normal()),
} satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;
export const shapeNames = Object.keys(shapes) as readonly ShapeName[];

/** A seeded row of a shape; sizes from 2048 on take the compiled chain's way through samples. */
export function shapedRow(shape: ShapeName, size: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const uniform = () => random.next();
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Float32Array.from({ length: size }, (_, id) => shapes[shape](normal, uniform, id, size));
}
