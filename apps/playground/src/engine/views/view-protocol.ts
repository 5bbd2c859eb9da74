import type {
  AttentionHeadView,
  AttentionOverview,
  BeamTree,
  DrawHistogram,
  LensGrid,
  ModelComparison,
  ModelCosts,
  ModuleTreeNode,
  PositionTable,
} from '@nexttoken/inspector';
import type { Tokenization } from '@nexttoken/inspector-elements';
import type { TokenizationTrace } from '@nexttoken/model';
import type { Choosing, TextPosition, TokenFacts } from '../protocol';

export interface BeamsRequest extends TextPosition, Choosing {
  readonly maxNewTokens: number;
}

/** A model's part in a comparison: how it is given the text. */
export interface ComparedModel {
  readonly model: string;
  /** `text`: as it stands. `chat`: as the user's message, answered through the model's own template. */
  readonly as: 'text' | 'chat';
}

export interface CompareRequest extends Choosing {
  readonly sides: readonly [ComparedModel, ComparedModel];
  readonly prompt: string;
  readonly atMost: number;
}

export interface CompareResult {
  /** What each side wrote behind the prompt. */
  readonly written: readonly [readonly TokenFacts[], readonly TokenFacts[]];
  /** Both reading what the first wrote. */
  readonly comparison: ModelComparison;
}

export interface AttentionRequest {
  readonly model: string;
  readonly ids: readonly number[];
  readonly layer: number;
  readonly head: number;
  readonly mass: number;
  readonly ignoreFirst: boolean;
  /** Whether the visitor was told what it costs; without, a large model is refused. */
  readonly isSure: boolean;
}

/** A message as a chat template hands it over. */
export interface RenderedMessage {
  readonly tokens: readonly {
    readonly id: number;
    readonly token: string;
    /** Else the template wrote it. */
    readonly isMessage: boolean;
  }[];
}

export interface TokenizeResult {
  readonly tokenizations: readonly Tokenization[];
  /** Every step of the first of them that can tell. */
  readonly trace: { readonly name: string; readonly steps: TokenizationTrace } | undefined;
  /** The text as a message to the first model that has a chat template. */
  readonly message?: { readonly name: string; readonly rendered: RenderedMessage } | undefined;
}

/** A position of a text as an n-gram model sees it, beside the neural one. */
export interface NgramPosition {
  readonly token: string;
  readonly text: string;
  readonly id: number;
  /** How many tokens before it were found in the counted text. */
  readonly depth: number;
  /** How often that context was followed by anything, and by this token. */
  readonly seen: number;
  readonly count: number;
  readonly bits: number;
  readonly neuralBits: number;
  /** What the counts expect, most frequent first. */
  readonly expected: readonly { readonly token: string; readonly count: number }[];
}

export interface NgramResult {
  readonly corpus: string;
  readonly tokenCount: number;
  readonly textCount: number;
  readonly order: number;
  readonly positions: readonly NgramPosition[];
  readonly comparison: ModelComparison;
}

export interface DrawsRequest extends TextPosition, Choosing {
  /** How many draws. */
  readonly count: number;
  readonly seed: number;
  /** Tokens listed. */
  readonly top: number;
}

/** What the views beyond the first one ask for. */
export interface ViewApi {
  readonly beams: { request: BeamsRequest; result: BeamTree; event: BeamTree };
  readonly compare: { request: CompareRequest; result: CompareResult };
  readonly modules: {
    request: { readonly model: string; readonly positions: number };
    result: { readonly root: ModuleTreeNode; readonly costs: ModelCosts | undefined };
  };
  readonly lens: {
    request: { readonly model: string; readonly ids: readonly number[] } & Choosing;
    result: LensGrid;
    event: { readonly done: number; readonly total: number };
  };
  readonly attention: {
    request: AttentionRequest;
    result: { readonly overview: AttentionOverview; readonly head: AttentionHeadView };
  };
  /** Frees what was opened to look at heads. */
  readonly closeHeads: { request: { readonly model: string }; result: undefined };
  readonly tokenize: {
    request: {
      readonly text: string;
      /** Names of open models, `bytes`, `characters`, `words`, or a tokenizer that was added. */
      readonly names: readonly string[];
    };
    result: TokenizeResult;
  };
  /** Adds a tokenizer.json, or that of a GGUF file, under a name. */
  readonly addTokenizer: { request: { readonly name: string; readonly file: File }; result: undefined };
  readonly ngram: {
    request: TextPosition & {
      readonly order: number;
      readonly text?: Blob | undefined;
      readonly name?: string;
    };
    result: NgramResult;
  };
  readonly positions: {
    request: { readonly model: string; readonly ids: readonly number[]; readonly top: number };
    result: PositionTable;
  };
  /** Draws from the next row, beside what theory says. */
  readonly draws: { request: DrawsRequest; result: DrawHistogram };
  /** A trace file of the text: its steps again, with their rows. */
  readonly trace: { request: TextPosition & Choosing & { readonly prompt: string }; result: Blob };
  /** Replays a trace file: the chain, and the model where it is the one that is open. */
  readonly verify: { request: { readonly model: string; readonly file: Blob }; result: VerifyResult };
}

export interface VerifyResult {
  readonly same: boolean;
  /** What was found, as a sentence. */
  readonly words: string;
  readonly prompt: string | undefined;
  readonly promptIds: readonly number[];
  readonly ids: readonly number[];
  readonly modelId: string;
}
