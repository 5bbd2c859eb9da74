import type { Architecture } from './architecture';

/** A length that an architecture determines. */
export type Size = (architecture: Architecture) => number;
type Condition = (architecture: Architecture) => boolean;

/** The lengths that weights are made of. */
export const sizes = {
  vocabulary: (a) => a.vocabSize,
  hidden: (a) => a.hiddenSize,
  intermediate: (a) => a.intermediateSize,
  twoIntermediate: (a) => 2 * a.intermediateSize,
  context: (a) => a.contextLength,
  head: (a) => a.headSize,
  query: (a) => a.headCount * a.headSize,
  keyValue: (a) => a.keyValueHeadCount * a.headSize,
  queryKeyValue: (a) => (a.headCount + 2 * a.keyValueHeadCount) * a.headSize,
} as const satisfies Readonly<Record<string, Size>>;

/** A module that has weights. */
export interface WeightedModule {
  /** Hugging Face's name, within the layer for those of layers. */
  readonly name: string;
  /** GGUF's name, likewise. */
  readonly gguf: string;
  /** Shape of the weight. */
  readonly shape: readonly Size[];
  /** Length of the bias and when there is one. */
  readonly bias?: { readonly size: Size; readonly when: Condition };
  /** When the module is there at all; absent: always. */
  readonly when?: Condition;
}

/** All weights of a family, in the order of the computation. */
export interface TensorTable {
  /** The embedding, and what comes before the layers. */
  readonly before: readonly WeightedModule[];
  /** Hugging Face's name of the list of layers, e.g. `model.layers`. */
  readonly layers: string;
  readonly layer: readonly WeightedModule[];
  readonly after: readonly WeightedModule[];
}

const always: Condition = () => true;

/** A weight of shape `[rows, columns]` without a bias. */
export function table(name: string, gguf: string, rows: Size, columns: Size): WeightedModule {
  return { name, gguf, shape: [rows, columns] };
}

/** `y = x · Wᵀ (+ b)` with W of shape `[outputs, inputs]`. */
export function linear(
  name: string,
  gguf: string,
  [outputs, inputs]: readonly [outputs: Size, inputs: Size],
  biased: Condition | boolean = false,
): WeightedModule {
  const when = typeof biased === 'function' ? biased : always;
  return {
    name,
    gguf,
    shape: [outputs, inputs],
    ...(biased === false ? {} : { bias: { size: outputs, when } }),
  };
}

/** The same as GPT-2 stores it: `y = x · W + b` with W of shape `[inputs, outputs]`. */
export function transposedLinear(
  name: string,
  gguf: string,
  [outputs, inputs]: readonly [outputs: Size, inputs: Size],
): WeightedModule {
  return { name, gguf, shape: [inputs, outputs], bias: { size: outputs, when: always } };
}

/** A norm over the hidden states, or over what `size` says. */
export function rmsNorm(name: string, gguf: string, size: Size = sizes.hidden): WeightedModule {
  return { name, gguf, shape: [size] };
}

/** A norm over the hidden states with weight and bias. */
export function layerNorm(name: string, gguf: string): WeightedModule {
  return { name, gguf, shape: [sizes.hidden], bias: { size: sizes.hidden, when: always } };
}

/** The output layer, where it is not the embedding. */
export function head(name: string, gguf = 'output'): WeightedModule {
  return { ...table(name, gguf, sizes.vocabulary, sizes.hidden), when: (a) => !a.tiedEmbeddings };
}
