import type {
  LanguageModel,
  LogitsProcessor,
  Random,
  Sampler,
  Session,
  StepCapture,
  Tokenizer,
} from '@nexttoken/model';

/** What {@link generate} takes. An option that is `undefined` counts as not given. */
export interface GenerateOptions<Capture extends StepCapture = StepCapture> {
  readonly model: LanguageModel;
  /** Needed for a prompt given as text, for text events and for stop strings. */
  readonly tokenizer?: Tokenizer | undefined;
  /** Text, or token ids; at least one token. */
  readonly prompt: string | ArrayLike<number>;
  /**
   * Whether the tokenizer adds its special tokens to a prompt given as text. Default: true where the
   * text begins, false when it continues a session that already holds something.
   */
  readonly addSpecialTokens?: boolean | undefined;
  /** Reshape the scores, in this order; none: the scores are the logits. */
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair, and `process` takes it
  readonly processors?: LogitsProcessor<any> | readonly LogitsProcessor<any>[] | undefined;
  /** Chooses from the processed scores; default greedy. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly sampler?: Sampler<any> | undefined;
  /** The source that the sampler draws from; it advances, so a second run goes on where this one stopped. */
  readonly random?: Random | undefined;
  /** Short for a fresh source of this seed: an integer in [0, 2^53). Default 0; excludes `random`. */
  readonly seed?: number | undefined;
  /** The most tokens to choose, an integer >= 0; 0 reads nothing and ends at once. */
  readonly maxNewTokens: number;
  /** Ids that end the text. Default: the tokenizer's `eos`, where it has one; `[]`: none. */
  readonly endTokenIds?: readonly number[] | undefined;
  /** Texts that end the row; what is emitted ends before them. Looked for in the new text only. */
  readonly stopStrings?: readonly string[] | undefined;
  /** Whether special tokens (and the end token) are left out of the text; default true. */
  readonly skipSpecialTokens?: boolean | undefined;
  /** Ends the row with the reason `aborted`; everything generated until then is kept. */
  readonly signal?: AbortSignal | undefined;
  /** What each step event carries besides its numbers; what is not asked for is not copied. */
  readonly capture?: Capture | undefined;
  /**
   * A session of the caller's with one row: the prompt is appended to what it holds. It is not disposed;
   * afterwards it holds the prompt and every new id except the last one (begin the next prompt with that
   * one), or, when no token was chosen, what it held before.
   */
  readonly session?: Session | undefined;
  /** The ids that `session` holds already; needed when there are processors, for they may look back. */
  readonly previousIds?: ArrayLike<number> | undefined;
}
