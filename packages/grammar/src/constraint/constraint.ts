import type { GrammarState } from './grammar-state';

/** What a grammar says about the next token. */
export interface ConstraintDescription {
  /**
   * The rules that are being read, each path from the outermost to the innermost: names of a grammar's rules, or JSON
   * pointers into a schema. Several where the text can still be read in several ways.
   */
  readonly rules: readonly (readonly string[])[];
  /** How many tokens of the vocabulary are allowed, end tokens included. */
  readonly allowed: number;
  /** Whether the text may end here. */
  readonly mayEnd: boolean;
  /** Whether nothing may follow any more. */
  readonly isComplete: boolean;
  /** The text that has to follow; empty where there is a choice. */
  readonly forcedText: string;
}

/** What a grammar knows beside the mask: for the loop (jump-forward) and for people. */
export interface Constraint {
  readonly endTokenIds: readonly number[];
  isAllowed(state: GrammarState, id: number): boolean;
  /** Whether nothing may follow any more but the end. */
  isComplete(state: GrammarState): boolean;
  /**
   * The ids that have to follow, as the tokenizer itself cuts the text: the encoding of the text so far with the forced
   * text behind it, where it has a border between the two; without its last token, which could still become another one
   * with what follows, unless the text is complete. Where only one token is allowed, that one. Often none.
   * @param ids the row so far, prompt included
   */
  forced(state: GrammarState, ids: ArrayLike<number>): readonly number[];
  describe(state: GrammarState): ConstraintDescription;
  /** How much probability raw logits give the allowed tokens, end tokens included: how hard the grammar forces. */
  allowedProbability(state: GrammarState, logits: Float32Array): number;
}
