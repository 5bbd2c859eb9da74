/** A module as its family describes it: what is known from the config alone. */
export interface ModuleSpec {
  readonly type: string;
  readonly arguments?: string;
  /** Own parameters by name, with their shapes. */
  readonly tensors?: Readonly<Record<string, readonly number[]>>;
  readonly children?: Readonly<Record<string, ModuleSpec>>;
  /** A container's children `0`, `1`, …: this one, so many times. */
  readonly repeated?: { readonly spec: ModuleSpec; readonly count: number };
  /** Present for a linear layer, which a quantized folder may store otherwise. */
  readonly linear?: { readonly inputs: number; readonly outputs: number; readonly bias: boolean };
}

/** A whole model as its family describes it. */
export interface ModelSpec {
  readonly model: ModuleSpec;
  /** Path of the embedding's and of the output layer's weight. */
  readonly embedding: string;
  readonly head: string;
  /** Whether the output layer is the embedding. */
  readonly tied: boolean;
  /** Other names that files use for a parameter. */
  aliases(name: string): readonly string[];
}
