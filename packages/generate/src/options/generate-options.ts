import type { LanguageModel, LogitsProcessor, Random, Sampler, Session, Tokenizer } from '@nexttoken/model';
import type { ObjectProcessor } from '../constraint/constraining-processor';
import type { Draft } from '../draft/draft';
import type { GenerateCapture } from '../events/generate-event';
import type { StopCondition } from './stop-condition';

/** A text, or token ids. */
export type Prompt = string | ArrayLike<number>;

/**
 * What happens when a row has filled the model's context. `stop`: it ends with the reason `context-length`.
 * `error`: NextTokenError `context-overflow`. `slide`: the oldest ids leave, as nanoGPT crops to its block size:
 * every further token is chosen from the last `contextLength` ids, which are read anew for each token (their
 * positions have moved). `{ slideTo: n }`: the same, but the last n ids are kept, so that reading anew is rare.
 */
export type ContextOverflow = 'stop' | 'error' | 'slide' | { readonly slideTo: number };

/** What {@link generate} takes. An option that is `undefined` counts as not given. */
export interface GenerateOptions<Capture extends GenerateCapture = GenerateCapture, Value = never> {
  readonly model: LanguageModel;
  /** Needed for a prompt given as text, for text events and for stop strings. */
  readonly tokenizer?: Tokenizer | undefined;
  /** Text, or token ids; at least one token. Excludes `prompts`. */
  readonly prompt?: Prompt | undefined;
  /** Several prompts at once, each a row of its own (or more, see `numReturnSequences`); lengths may differ. */
  readonly prompts?: readonly Prompt[] | undefined;
  /** Continuations of each prompt, an integer >= 1; default 1. Rows are in prompt order: `row = prompt · n + j`. */
  readonly numReturnSequences?: number | undefined;
  /**
   * Whether the tokenizer adds its special tokens to a prompt given as text. Default: true where the
   * text begins, false when it continues a session that already holds something.
   */
  readonly addSpecialTokens?: boolean | undefined;
  /** Reshape the scores, in this order; none: the scores are the logits. */
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair, and `process` takes it
  readonly processors?: LogitsProcessor<any> | readonly LogitsProcessor<any>[] | undefined;
  /**
   * A grammar of JSON, e.g. `jsonSchema(…)` of `@nexttoken/grammar`: it runs before all other processors, the value
   * comes with the finish event, and grows with `object` events on the way. Needs a tokenizer.
   */
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
  readonly object?: ObjectProcessor<Value, any> | undefined;
  /**
   * Whether tokens that a grammar forces are appended at once, without a forward (the next one reads them); `forced`
   * events tell them. Default true; `false`: each is a step of its own, with its own logits, score 0 and share 1.
   * Without a grammar it means nothing.
   *
   * Forced are the tokens of the text that has to follow, as the tokenizer itself cuts it, and a token that is the only
   * one allowed. Either way nothing is drawn for them, and neither processors (but for a trace) nor the sampler are
   * asked: the same seed gives the same ids with and without jumping. They can differ by how the backend rounds when it
   * reads several positions at once; by stop conditions, which are asked at steps only (`stopWhen`, `endTokenInTop`);
   * with a draft that draws; and where the context slides to fewer ids than it holds (`slideTo`).
   */
  readonly jumpForward?: boolean | undefined;
  /**
   * What processors with `requires.guidance` steer away from (classifier-free guidance): a second row of the
   * session reads it, then every new id. Default: the prompt's last token, as in transformers. Only with
   * such a processor.
   */
  readonly negativePrompt?: Prompt | undefined;
  /** Chooses from the processed scores; default greedy. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly sampler?: Sampler<any> | undefined;
  /**
   * The source that the sampler draws from; it advances, so a second run goes on where this one stopped.
   * Several rows draw from its forks (`random.fork(row)`), which leave it where it is.
   */
  readonly random?: Random | undefined;
  /** Short for a fresh source of this seed: an integer in [0, 2^53). Default 0; excludes `random`. */
  readonly seed?: number | undefined;
  /** One seed a row: row i draws what a run of that row alone with `seed: seeds[i]` draws. Excludes both above. */
  readonly seeds?: readonly number[] | undefined;
  /** The most tokens to choose a row, an integer >= 0; 0 reads nothing and ends at once. This or `maxLength`. */
  readonly maxNewTokens?: number | undefined;
  /** The fewest tokens of a row before an end token can be chosen, an integer >= 0; default 0. */
  readonly minNewTokens?: number | undefined;
  /** The most ids of a row, prompt (and `previousIds`) included, an integer >= 1. */
  readonly maxLength?: number | undefined;
  /** Seconds after which rows end with the reason `max-time`; a step that runs is finished. A number > 0. */
  readonly maxTime?: number | undefined;
  /** Ids that end the text. Default: the tokenizer's `eos`, where it has one; `[]`: none. */
  readonly endTokenIds?: readonly number[] | undefined;
  /** Further ids that end a row; unlike end tokens they belong to its text, and `minNewTokens` allows them. */
  readonly stopTokenIds?: readonly number[] | undefined;
  /** Texts that end the row; what is emitted ends before them. Looked for in the new text only. */
  readonly stopStrings?: readonly string[] | undefined;
  /** Any condition: called behind every chosen token, `true` ends the row with the reason `stop-condition`. */
  readonly stopWhen?: StopCondition | undefined;
  /**
   * Ends a row before anything is chosen as soon as an end token is among this many highest raw logits, with
   * the reason `end-token-in-top`; an integer >= 1. Default: never.
   */
  readonly endTokenInTop?: number | undefined;
  /** What a full context means; default `stop`. A prompt that does not fit is an error unless it slides. */
  readonly contextOverflow?: ContextOverflow | undefined;
  /**
   * Proposes tokens that the model then checks several at a time: the same output, fewer forwards
   * (speculative decoding). See {@link modelDraft} and {@link promptLookup}.
   */
  readonly draft?: Draft | undefined;
  /** Whether special tokens (and the end token) are left out of the text; default true. */
  readonly skipSpecialTokens?: boolean | undefined;
  /** Ends all rows with the reason `aborted`; everything generated until then is kept. */
  readonly signal?: AbortSignal | undefined;
  /** What each step event carries besides its numbers; what is not asked for is not copied or computed. */
  readonly capture?: Capture | undefined;
  /**
   * A session of the caller's with one row: the prompt is appended to what it holds. It is not disposed;
   * afterwards it holds the prompt and every new id except the last one (begin the next prompt with that
   * one), or, when no token was chosen, what it held before. Where a grammar forced the end, it lacks what was forced:
   * `lengths` says how far it has come.
   */
  readonly session?: Session | undefined;
  /** The ids that `session` holds already; needed where somebody looks back: processors, drafts, sliding. */
  readonly previousIds?: ArrayLike<number> | undefined;
}
