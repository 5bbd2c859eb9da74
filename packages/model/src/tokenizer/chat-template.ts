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

/** Turns messages into the text a chat model was trained on. */
export interface ChatTemplate {
  /** The Jinja source. */
  readonly source: string;
  /** @throws NextTokenError `chat-template` when the template refuses the messages */
  render(messages: readonly ChatMessage[], options?: ChatTemplateOptions): string;
}
