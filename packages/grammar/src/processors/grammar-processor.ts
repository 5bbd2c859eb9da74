import type { LogitsProcessor, Tokenizer } from '@nexttoken/model';
import type { Constraint } from '../constraint/constraint';
import type { GrammarState } from '../constraint/grammar-state';

/** What every grammar needs to know of the vocabulary. */
export interface GrammarOptions {
  /** Says which bytes each token spells. */
  readonly tokenizer: Tokenizer;
  /** Ids that end the text: allowed where the grammar is done, only there. Default: the tokenizer's `eos`. */
  readonly endTokenIds?: readonly number[] | undefined;
}

/** A processor that leaves only what a grammar allows next. Its state is a value: forking a row copies a reference. */
export interface GrammarProcessor extends LogitsProcessor<GrammarState> {
  initialState(): GrammarState;
  accept(state: GrammarState, id: number): GrammarState;
  /** What it knows beside the mask: what is forced, which rule is in force, whether the text is complete. */
  readonly constraint: Constraint;
}

/** A grammar processor whose texts are JSON. */
export interface JsonProcessor<Value = unknown> extends GrammarProcessor {
  readonly output: {
    /**
     * The value of a complete text, behind the schema's own validation where it has one.
     * @throws NextTokenError `invalid-object` where that refuses the value; details: issues
     */
    parse(text: string): Value | Promise<Value>;
  };
}
