import type { LogitsProcessor, Random } from '@nexttoken/model';

/** What a draft continues. Everything is read-only. */
export interface DraftContext {
  /** The row's ids so far: the prompt, then what was generated. */
  readonly ids: readonly number[];
  readonly promptLength: number;
  readonly row: number;
  readonly batchItem: number;
  /** The most tokens that are of use now, at least 1. */
  readonly count: number;
  /** The row's processors with their present states; a state is a value, so a draft may go on from it. */
  readonly processors: readonly LogitsProcessor[];
  readonly states: readonly unknown[];
  /** Whether the tokens should be drawn from the draft's own distribution, with that handed over in `scores`. */
  readonly sampled: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Proposal {
  /** At most `count` ids; none is legal. */
  readonly ids: readonly number[];
  /**
   * The scores that each id was drawn from, shape `[vocabSize]` of the model's: `ids[i]` is a draw from
   * `softmax(scores[i])`. Absent: the ids are a guess without chance.
   */
  readonly scores?: readonly Float32Array[];
}

/** The draft of one row. */
export interface DraftRow {
  propose(context: DraftContext): Promise<Proposal>;
  dispose(): Promise<void>;
}

/** Where proposals come from; data with one method. */
export interface Draft {
  readonly kind: 'draft';
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /**
   * @param row what the row is: its vocabulary's width, and a source of its own for the draft's draws
   * @throws NextTokenError when the draft cannot serve such a row
   */
  openRow(row: { readonly vocabSize: number; readonly random: Random }): DraftRow;
}
