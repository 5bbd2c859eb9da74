import type {
  AttentionPatterns,
  Capabilities,
  ForwardProgress,
  HiddenStates,
  Logits,
  LogitsRequest,
  ModelDescription,
  TopLogits,
} from '@nexttoken/model';
import type { WireError } from './wire-error';

/** What the caller's side may ask of the worker's. `session` is a handle that the worker gave out. */
export interface Calls<Options = unknown> {
  open: { input: Options; output: OpenedModel };
  createSession: { input: { rows: number }; output: SessionState };
  forward: {
    input: {
      session: number;
      rows: readonly ArrayLike<number>[];
      logits: LogitsRequest;
      hiddenStates: boolean;
      attention: boolean;
      top: number | undefined;
      recycle: readonly ArrayBuffer[];
    };
    output: SessionState & {
      readonly logits: readonly (Logits | null)[];
      readonly hiddenStates?: readonly (HiddenStates | null)[];
      readonly attention?: readonly (AttentionPatterns | null)[];
      readonly top?: readonly (TopLogits | null)[];
    };
  };
  select: { input: { session: number; parents: readonly number[] }; output: SessionState };
  truncate: { input: { session: number; lengths: readonly number[] }; output: SessionState };
  fork: { input: { session: number }; output: SessionState };
  disposeSession: { input: { session: number }; output: null };
  dispose: { input: null; output: null };
}

export interface OpenedModel {
  readonly modelId: string;
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  readonly description: ModelDescription;
}

/** What changes in a model's description from call to call. */
export interface HeldMemory {
  /** Of all caches. */
  readonly cacheBytes?: unknown;
  /** In the memory of the device. */
  readonly deviceTensors?: unknown;
}

export interface SessionState {
  readonly session: number;
  readonly lengths: readonly number[];
}

export type Request = {
  [Method in keyof Calls]: {
    readonly call: number;
    readonly method: Method;
    readonly input: Calls[Method]['input'];
  };
}[keyof Calls];

export type ToWorker = Request | { readonly abort: number };

export type FromWorker =
  /** `memory`: what the model holds after the call, as entries of its description. */
  | { readonly call: number; readonly output: unknown; readonly memory?: HeldMemory }
  | { readonly call: number; readonly error: WireError }
  | { readonly call: number; readonly progress: ForwardProgress }
  /** Nothing will be answered any more. */
  | { readonly lost: WireError };
