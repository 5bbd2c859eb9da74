import type { NextTokenRow, NextTokenTable } from '@nexttoken/inspector';
import type { SamplingReading } from '@nexttoken/inspector-elements/sampling-settings';
import type { LoadProgress } from '@nexttoken/load';
import type { Capabilities } from '@nexttoken/model';
import type { ChosenSettings, ConstraintSettings } from './constraint/constraint-settings';
import type { ViewApi } from './views/view-protocol';

/** A server that answers like OpenAI's, and what a visitor knows about its model. */
export interface ServerRequest {
  readonly baseURL: string;
  /** The server's name for the model. */
  readonly model: string;
  /** The kind of server, e.g. `llama.cpp`. */
  readonly dialect: string;
  readonly apiKey?: string | undefined;
  /** A tokenizer.json, or a GGUF file with one: what the server's ids stand for. */
  readonly tokenizer: File;
  readonly vocabSize?: number | undefined;
  readonly contextLength?: number | undefined;
}

export interface OpenRequest {
  /** An embedded name, a URL of this origin, or a hub id that is kept here; or the name of the dropped files. */
  readonly name: string;
  readonly files?: readonly File[];
  readonly server?: ServerRequest;
  /** Default: the backend's choice. */
  readonly device?: string | undefined;
}

/** What the page knows about an open model. */
export interface ModelCard {
  readonly name: string;
  readonly device: string;
  readonly dtype: string;
  readonly threads: number | undefined;
  readonly vocabSize: number;
  readonly contextLength: number;
  readonly endTokenIds: readonly number[];
  readonly isChat: boolean;
  readonly capabilities: Capabilities;
  /** The generation config's own sampling defaults. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A position in a text: everything the next token depends on. */
export interface TextPosition {
  readonly model: string;
  readonly ids: readonly number[];
  readonly promptLength: number;
}

/** How a row becomes a token. */
export interface Choosing {
  readonly settings: ChosenSettings;
}

export interface ShapeRequest extends TextPosition, Choosing {
  /** How many rows the table has. */
  readonly top: number;
  /** Whether what would be taken has a row, however far down; default true. */
  readonly withChosen?: boolean | undefined;
  /** Tokens that hold this text, or have it as their id, come as `found`. */
  readonly search?: string | undefined;
}

/** A row, reshaped. */
export interface Shaped {
  /** The best tokens, and what would be taken. */
  readonly table: NextTokenTable;
  /** What was searched for. */
  readonly found?: readonly NextTokenRow[];
  /** What the settings do with the row, and what they would take from it now. */
  readonly reading: SamplingReading;
  /** Forward passes of this model so far, over all texts. */
  readonly forwards: number;
}

/** A token of a text, with what was known when it was taken. */
export interface TokenFacts {
  readonly id: number;
  /** As people see it, e.g. `␣Paris`. */
  readonly token: string;
  /** The text that it makes certain: nothing within a character. */
  readonly piece: string;
  /** A special token: drawn by its name. */
  readonly special: boolean;
  readonly logit: number;
  /** Under the raw logits. */
  readonly probability: number;
  /** −log₂ of it, in bits. */
  readonly surprisal: number;
  /** The highest raw probability there was. */
  readonly leading: number;
  /** 1 for the highest raw logit. */
  readonly rank: number;
  /** Of the raw distribution, in bits. */
  readonly entropy: number;
  /** After the processors; 0 when it was taken although it had been removed. Unknown for a text that was opened. */
  readonly share?: number | undefined;
  readonly draw?: number | undefined;
  /** Time of the forward pass in front of it. */
  readonly milliseconds?: number | undefined;
  readonly by: 'sampler' | 'hand';
}

/** Where a run pauses. */
export type RunTo = 'end' | 'sentence' | 'fork' | 'step';

export interface GenerateRequest extends TextPosition, Choosing {
  readonly atMost: number;
  readonly to: RunTo;
}

export interface GenerateResult {
  readonly ending: 'end-token' | 'limit' | 'stopped' | 'sentence' | 'fork';
  readonly tokensPerSecond: number | undefined;
  readonly forwards: number;
}

/** What the first view asks for. */
interface RunApi {
  readonly open: { request: OpenRequest; result: ModelCard; event: LoadProgress };
  /** Frees a model, e.g. before its files are deleted. */
  readonly close: { request: { readonly name: string }; result: undefined };
  /** Addresses of what the worker fetched. */
  readonly used: { request: undefined; result: readonly string[] };
  readonly encode: {
    request: { readonly model: string; readonly text: string };
    result: { readonly ids: readonly number[]; readonly tokens: readonly string[] };
  };
  /** Whether a text can be kept to: throws what is wrong with it. */
  readonly checkConstraint: {
    request: { readonly model: string; readonly constraint: ConstraintSettings };
    result: undefined;
  };
  readonly shape: { request: ShapeRequest; result: Shaped };
  readonly take: { request: TextPosition & Choosing & { readonly id: number }; result: TokenFacts };
  readonly generate: { request: GenerateRequest; result: GenerateResult; event: TokenFacts };
  /** The facts of all tokens behind the prompt, for a text that was opened. */
  readonly facts: { request: TextPosition; result: readonly TokenFacts[] };
}

/** Everything the worker does. */
export interface EngineApi extends RunApi, ViewApi {}
