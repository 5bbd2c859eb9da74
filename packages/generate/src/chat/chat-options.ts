import type { ChatMessage, ChatTemplate, ChatTemplateOptions, Tokenizer } from '@nexttoken/model';
import type { GenerateCapture } from '../events/generate-event';
import type { GenerateOptions } from '../options/generate-options';

/** Options of `generate` that a chat decides itself, or cannot honour in a session that it keeps. */
type Decided =
  | 'prompt'
  | 'prompts'
  | 'numReturnSequences'
  | 'addSpecialTokens'
  | 'negativePrompt'
  | 'seeds'
  | 'session'
  | 'previousIds'
  | 'signal'
  | 'contextOverflow'
  | 'object';

/** What {@link chat} takes: what `generate` takes for every answer, and what makes it a conversation. */
export interface ChatOptions<Capture extends GenerateCapture = GenerateCapture>
  extends Omit<GenerateOptions<Capture>, Decided | 'tokenizer'> {
  readonly tokenizer: Tokenizer;
  /** Turns the messages into the text that the model was trained on. */
  readonly chatTemplate: ChatTemplate;
  /** Messages to begin with, e.g. one of the role `system`. */
  readonly messages?: readonly ChatMessage[] | undefined;
  /**
   * The most tokens that the rendered messages may have; older messages are left out until they fit. Default: what
   * the context holds beside an answer of `maxNewTokens`.
   */
  readonly maxPromptTokens?: number | undefined;
  /** Tools and further variables of the template. */
  readonly template?: Pick<ChatTemplateOptions, 'tools' | 'variables'> | undefined;
}

/** Messages did not fit and are not seen by the model in this answer; the conversation keeps them. */
export interface TrimEvent {
  readonly type: 'trim';
  /** The messages that were left out, oldest first. */
  readonly left: readonly ChatMessage[];
  /** Tokens of those that stayed, as rendered. */
  readonly promptTokens: number;
}
