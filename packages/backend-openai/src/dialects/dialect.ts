import type { StreamOption, StreamPromptKind } from '@nexttoken/model';

/** How a server computes one processor or sampler: plain data. */
export interface StageFields {
  /** Its parameters, each with the field that carries it. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters that the server cannot be told, with the only value that it has. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Values that fields take where a parameter is left out, e.g. a window that reaches back to the beginning. */
  readonly absent?: Readonly<Record<string, unknown>>;
  /** Further fields that switch it on. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Its name in the server's list of stages, for servers that take their order. */
  readonly stage?: string;
  /** Of a sampler: the only processors that it may stand behind; absent: all. */
  readonly beside?: readonly string[];
  /** `map`: pairs become an object, as OpenAI's `logit_bias`. */
  readonly form?: 'map';
}

/** What log-probabilities look like: OpenAI's chat form, its older lists, or the chat form with ids. */
export type LogprobsForm = 'content' | 'lists' | 'content-with-ids';

/**
 * What one kind of server understands, as data. A new one needs no code as long as it speaks one of the protocols.
 */
export interface Dialect {
  readonly name: string;
  /** `openai`: server-sent events of completions and chats; `ollama`: lines of JSON. */
  readonly protocol: 'openai' | 'ollama';
  readonly prompts: readonly StreamPromptKind[];
  /** Types that the server computes as they are defined here, in its order where that is fixed. */
  readonly processors: Readonly<Record<string, StageFields>>;
  /**
   * `fixed`: stages run in the order of `processors`; another one is refused. A field's name: it takes the
   * stages' names in any order. `data`: the field `processors` takes `{ type, parameters }` of every type.
   */
  readonly order: 'fixed' | 'data' | { readonly field: string };
  readonly samplers: Readonly<Record<string, StageFields>>;
  /** The fields of a request that asks for nothing: what the server would otherwise do by its own defaults. */
  readonly neutral: Readonly<Record<string, unknown>>;
  /** Which field carries an option. */
  readonly options: Readonly<
    Partial<Record<Exclude<StreamOption, 'logprobs' | 'continueFinalMessage'>, string>>
  >;
  /** The field of `maxNewTokens` in chats, where it is another one. */
  readonly chatMaxTokens?: string;
  /** Fields that continue the last message. */
  readonly continueFields?: Readonly<Record<string, unknown>>;
  /** How log-probabilities are asked for and told, by endpoint; absent: not at all. */
  readonly logprobs?: {
    readonly text?: {
      readonly count: string;
      readonly fields?: Readonly<Record<string, unknown>>;
      readonly form: LogprobsForm;
    };
    readonly chat?: {
      readonly fields: Readonly<Record<string, unknown>>;
      readonly count: string;
      readonly form: LogprobsForm;
    };
  };
  /** The most candidates by the server's documentation; a probe finds what is true. */
  readonly maxCandidates: number;
  readonly maxStopStrings: number;
  readonly tokenIds: boolean;
  readonly tokenBytes: boolean;
  readonly deterministic: boolean;
  /** Whether streams tell their usage when asked to (`stream_options`). */
  readonly streamUsage: boolean;
  /** How raw scores of the next token are asked for; absent: there is no one-token mode. */
  readonly oneToken?: {
    readonly fields: Readonly<Record<string, unknown>>;
    /** The field of how many. */
    readonly count: string;
    /** How tokens tell their ids: in entries of their own, or as `token_id:17` in place of the text. */
    readonly ids: 'content' | 'token_id';
    /** Whether a request may hold several prompts. */
    readonly batch: boolean;
    /** Whether the numbers are raw logits; else log-probabilities, which are the same up to a constant. */
    readonly logits: boolean;
  };
  /** What the server does by its own settings and cannot be told otherwise, in words. */
  readonly beyondControl?: readonly string[];
}
