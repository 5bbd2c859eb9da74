import type { ChatMessage, StreamModel } from '@nexttoken/model';
import type { LiveHandles } from '../kit/backend-test-options';
import type { SuiteOptions } from '../kit/define-suites';

/** One prompt for each form that the model takes; three of them where several streams run at once. */
export interface StreamTestPrompts {
  /** Default: beginnings of stories. */
  readonly text?: readonly string[];
  /** No default: a form `ids` is tested only with ids of yours. */
  readonly ids?: readonly ArrayLike<number>[];
  /** Default: the same beginnings, as a user's words. */
  readonly messages?: readonly (readonly ChatMessage[])[];
}

export interface StreamTestOptions extends SuiteOptions {
  /** Makes a fresh model each time it is called; the kit disposes it. Called up to four times. */
  readonly createModel: () => Promise<StreamModel>;
  /** What is to be continued. Its continuations should be at least as long as `maxNewTokens`. */
  readonly prompts?: StreamTestPrompts;
  /** How long the texts are that the kit asks for, at least 8; default 16. */
  readonly maxNewTokens?: number;
  /** The adapter's own count of open requests and streams: the kit checks that it comes back. */
  readonly liveHandles?: () => LiveHandles | Promise<LiveHandles>;
  /** Texts, e.g. the key that the model was made with, that no description and no error may hold. */
  readonly secrets?: readonly string[];
}
