import type { LanguageModel, LogitsProcessor, Random, Tokenizer } from '@nexttoken/model';
import type { Prompt } from '../options/generate-options';

/** A text that would be finished here. */
export interface BeamStopContext {
  readonly batchItem: number;
  /** The prompt, then the new ids. */
  readonly ids: ArrayLike<number>;
  readonly promptLength: number;
}

/** What {@link beamSearch} takes. An option that is `undefined` counts as not given. */
export interface BeamSearchOptions {
  readonly model: LanguageModel;
  /** Needed for a prompt given as text, for texts and for stop strings. */
  readonly tokenizer?: Tokenizer | undefined;
  /** Text, or token ids; at least one token. Excludes `prompts`. */
  readonly prompt?: Prompt | undefined;
  /** Several prompts at once, each searched by itself. */
  readonly prompts?: readonly Prompt[] | undefined;
  /** Whether the tokenizer adds its special tokens to a prompt given as text; default true. */
  readonly addSpecialTokens?: boolean | undefined;
  /** Reshape the log-probabilities of each beam, before they are added up. They are not normalised again. */
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair, and `process` takes it
  readonly processors?: LogitsProcessor<any> | readonly LogitsProcessor<any>[] | undefined;
  /** Beams of a prompt, over all groups; an integer >= 1. */
  readonly numBeams: number;
  /** Groups that search one after the other in each step, an integer that divides `numBeams`; default 1. */
  readonly numBeamGroups?: number | undefined;
  /** Exponent that lengths are divided by; 0: sums are compared; above 0 favours long texts. Default 1. */
  readonly lengthPenalty?: number | undefined;
  /**
   * `true`: ends as soon as enough texts are finished. `false`: ends when no beam, at its present length, is
   * better than the worst of them. `'never'`: ends when none can become better at any length. Default `false`.
   */
  readonly earlyStopping?: boolean | 'never' | undefined;
  /** How many texts of each prompt are returned, an integer in [1, numBeams]; default 1. */
  readonly numReturnSequences?: number | undefined;
  /** Beam sampling: candidates are drawn without replacement instead of ranked; default false. */
  readonly sample?: boolean | undefined;
  /** For beam sampling: the source, or a seed for one; default seed 0. */
  readonly random?: Random | undefined;
  readonly seed?: number | undefined;
  /** The most new tokens of a text, an integer >= 1. This or `maxLength`. */
  readonly maxNewTokens?: number | undefined;
  /** The most ids of a text, prompt included. */
  readonly maxLength?: number | undefined;
  /** The fewest new tokens before an end token can be chosen; default 0. */
  readonly minNewTokens?: number | undefined;
  /** Seconds after which every text is finished as it is. */
  readonly maxTime?: number | undefined;
  /** Ids that end a text. Default: the tokenizer's `eos`, where it has one; `[]`: none. */
  readonly endTokenIds?: readonly number[] | undefined;
  /** Texts that end a text; it ends before them. */
  readonly stopStrings?: readonly string[] | undefined;
  /** Any condition, asked for every candidate; `true` ends the text with the reason `stop-condition`. */
  readonly stopWhen?: ((context: BeamStopContext) => boolean) | undefined;
  /**
   * The id that groups which have ended go on choosing, as far as later groups' diversity is concerned; default
   * the first end token, as in transformers.
   */
  readonly padTokenId?: number | undefined;
  /** Whether special tokens (and the end token) are left out of the texts; default true. */
  readonly skipSpecialTokens?: boolean | undefined;
  /** Ends the search; the best texts so far are returned, with the reason `aborted`. */
  readonly signal?: AbortSignal | undefined;
}
