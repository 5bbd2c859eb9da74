import type {
  Capabilities,
  ForwardProgress,
  HiddenStates,
  Logits,
  LogitsRequest,
  ModelDescription,
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
      recycle: readonly ArrayBuffer[];
    };
    output: SessionState & {
      readonly logits: readonly (Logits | null)[];
      readonly hiddenStates?: readonly (HiddenStates | null)[];
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
  /** `cacheBytes`: what all caches of the model hold after the call. */
  | { readonly call: number; readonly output: unknown; readonly cacheBytes?: unknown }
  | { readonly call: number; readonly error: WireError }
  | { readonly call: number; readonly progress: ForwardProgress };
