import { type HiddenStates, invalidParameter, NextTokenError } from '@nexttoken/model';
import type { LensHead, LogitLensOptions } from './lens-data';

const owner = 'logitLens';

/** Options with their defaults, checked against what there is. */
export interface LensPlan {
  readonly positions: readonly number[];
  readonly layers: readonly number[];
  readonly top: number;
  readonly watch: readonly number[];
  readonly norm: 'final' | 'none';
  readonly mass: number;
}

function checkIndices(name: string, indices: readonly number[], count: number): readonly number[] {
  const wrong = indices.find((index) => !(Number.isInteger(index) && index >= 0 && index < count));
  if (wrong !== undefined) throw invalidParameter(owner, name, wrong, `integers in [0, ${count})`);
  return [...new Set(indices)].sort((a, b) => a - b);
}

/** @throws NextTokenError `invalid-parameter`, `invalid-token-id` */
export function lensPlan(options: LogitLensOptions, hidden: HiddenStates, head: LensHead): LensPlan {
  const {
    positions: wanted = 'last',
    layers: chosen,
    top = 5,
    watch = [],
    norm = 'final',
    mass = 0.9,
  } = options;
  const { layers: layerCount, positions: count, width } = hidden;
  if (width !== head.width) throw invalidParameter(owner, 'head', head.width, `the model's width, ${width}`);
  if (!Number.isInteger(top) || top < 1) throw invalidParameter(owner, 'top', top, 'an integer >= 1');
  if (norm !== 'final' && norm !== 'none') throw invalidParameter(owner, 'norm', norm, '"final" or "none"');
  if (!(mass > 0 && mass <= 1)) throw invalidParameter(owner, 'mass', mass, 'a number in (0, 1]');
  const all = (length: number) => Array.from({ length }, (_, index) => index);
  const list = wanted === 'all' ? all(count) : wanted === 'last' ? [count - 1] : wanted;
  const unknown = watch.find((id) => !(Number.isInteger(id) && id >= 0 && id < head.vocabSize));
  if (unknown !== undefined) {
    throw new NextTokenError('invalid-token-id', `${owner}: ${unknown} is not in [0, ${head.vocabSize})`, {
      id: unknown,
      vocabSize: head.vocabSize,
    });
  }
  return {
    positions: checkIndices('positions', list, count),
    layers: checkIndices('layers', [...(chosen ?? all(layerCount)), layerCount - 1], layerCount),
    top,
    watch,
    norm,
    mass,
  };
}
