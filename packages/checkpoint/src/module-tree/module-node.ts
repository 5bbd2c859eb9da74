/** A tensor that a module holds itself. */
export interface ModuleParameter {
  /** As in PyTorch, e.g. `weight`. */
  readonly name: string;
  /** As stored, else as the config says. */
  readonly shape: readonly number[];
  /** How many numbers it has; of a quantized weight, the numbers that it stands for. */
  readonly parameters: number;
  /** As the file names it, e.g. `BF16`, `Q4_K`, `AWQ4`; without a header what the config says, else `null`. */
  readonly dtype: string | null;
  /** Stored size; `null` where neither header nor config tells. */
  readonly bytes: number | null;
  /** The full name of the parameter that it is the same as: it is counted there. */
  readonly tiedTo?: string;
}

/** A module of the model, as PyTorch's `print(model)` shows it. */
export interface ModuleNode {
  /** The last part of its path, e.g. `q_proj`, `0`; empty for the model itself. */
  readonly name: string;
  /** As `named_modules()` has it, e.g. `model.layers.0.self_attn.q_proj`. */
  readonly path: string;
  /** Its class, e.g. `MistralAttention`. */
  readonly type: string;
  /** What stands in the brackets behind the class, e.g. `in_features=64, out_features=96, bias=False`. */
  readonly arguments: string;
  /** Tensors of its own, without those of its children. */
  readonly own: readonly ModuleParameter[];
  readonly children: readonly ModuleNode[];
  /** Numbers of the module and everything below; a tied parameter counts where it is first. */
  readonly parameters: number;
  /** Stored bytes likewise; `null` where one of them is not known. */
  readonly bytes: number | null;
}

/** A model as modules, with what its files hold. */
export interface ModuleTree {
  readonly root: ModuleNode;
  /** The version of transformers whose names and classes these are. */
  readonly printedBy: PrintedBy;
  /** Parameters that the header lacks, by their full names; empty without a header. */
  readonly missing: readonly string[];
  /** Tensors of the header that belong to no module (old buffers, extra heads), by their names. */
  readonly surplus: readonly string[];
}

/**
 * Whose print is followed: `transformers-5` (5.23 on torch 2.13), `transformers-4.57` or `transformers-4.38` (each with
 * the torch of its time). They differ in where the rotary embedding stands and in what some classes print.
 */
export type PrintedBy = 'transformers-5' | 'transformers-4.57' | 'transformers-4.38';
