export interface ChatMessage {
  readonly role: string;
  readonly content: string;
  readonly [field: string]: unknown;
}

export interface ChatTemplateOptions {
  /** Whether the text ends where the assistant's answer begins; default true. */
  readonly addGenerationPrompt?: boolean;
  /** Whether the last message is left open, to be continued; default false. */
  readonly continueFinalMessage?: boolean;
  readonly tools?: readonly unknown[];
  /** Further variables of the template. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A part `[start, end)` of a rendered chat, in UTF-16 code units: written by the template, or a message's content. */
export interface ChatSpan {
  readonly start: number;
  readonly end: number;
  readonly source: 'template' | 'message';
  /** Index of the message, for `message`. */
  readonly message?: number;
}

/** A rendered chat and who wrote which part of it; the spans cover the text without gap or overlap. */
export interface RenderedChat {
  readonly text: string;
  readonly spans: readonly ChatSpan[];
}

/** Turns messages into the text a chat model was trained on. */
export interface ChatTemplate {
  /** The Jinja source. */
  readonly source: string;
  /** @throws NextTokenError `chat-template` when the template refuses the messages */
  render(messages: readonly ChatMessage[], options?: ChatTemplateOptions): string;
  /**
   * As `render`, and tells which parts of the text are messages and which are the template's. Templates that
   * cannot tell lack it.
   */
  renderWithSpans?(messages: readonly ChatMessage[], options?: ChatTemplateOptions): RenderedChat;
}
