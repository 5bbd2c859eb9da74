/** A tensor of a module: what `@nexttoken/checkpoint` calls a `ModuleParameter`. */
export interface ModuleTreeParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly dtype: string | null;
  readonly bytes: number | null;
  readonly tiedTo?: string;
}

/** A module: what `@nexttoken/checkpoint` calls a `ModuleNode`; a `ModuleTree`'s `root` is one. */
export interface ModuleTreeNode {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly arguments: string;
  readonly own: readonly ModuleTreeParameter[];
  readonly children: readonly ModuleTreeNode[];
  readonly parameters: number;
  readonly bytes: number | null;
}

export interface ModuleRowsOptions {
  /** Paths whose children are shown; default: every module. */
  readonly open?: ReadonlySet<string> | undefined;
  /** Only modules whose path, type or tensors hold this text (case does not matter), and what is above them. */
  readonly search?: string | undefined;
  /** Equal neighbours of a list are one row, `0-29`; default false. */
  readonly fold?: boolean | undefined;
}

/** One line of the tree. */
export interface ModuleRow {
  readonly depth: number;
  readonly path: string;
  /** The last part of the path; for a fold `0-29`. */
  readonly name: string;
  readonly type: string;
  readonly arguments: string;
  /** Its own tensors, e.g. `weight [64, 96] F32`. */
  readonly tensors: readonly ModuleTreeParameter[];
  /** How many modules the row stands for; 1 unless folded. */
  readonly count: number;
  /** Of one of them, everything below included. */
  readonly parameters: number;
  readonly bytes: number | null;
  /** Of the whole model, all `count` of them together, in [0, 1]. */
  readonly share: number;
  readonly byteShare: number | null;
  readonly hasChildren: boolean;
  readonly isOpen: boolean;
  /** Its weights are another module's: counted there. */
  readonly tiedTo?: string;
}

/** What a token costs in this model. */
export interface ModelCosts {
  readonly parameters: number;
  readonly bytes: number | null;
  /** Bytes of keys and values that one position adds to the cache. */
  readonly cacheBytesPerToken: number;
  /** Floating point operations of one token behind `positions` others: 2 a weight of a matrix, 4 a number of the cache's keys. */
  readonly operationsPerToken: number;
}
