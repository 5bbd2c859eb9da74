import { Environment, parse, tokenize } from '@huggingface/jinja';
import {
  type ChatMessage,
  type ChatTemplate,
  type ChatTemplateOptions,
  checkOptionNames,
  invalidParameter,
  type RenderedChat,
} from '@nexttoken/model';
import { chatTemplateError } from './chat-template-error';
import { cutAfterFinalMessage, markFinalMessage } from './continue-final-message';
import { findSpans } from './find-spans';
import { formatTime } from './format-time';
import { PythonInterpreter } from './python-interpreter';

const optionNames = ['addGenerationPrompt', 'continueFinalMessage', 'tools', 'variables'];

export interface ChatTemplateSettings {
  /** The clock behind `strftime_now`; default: the present local time. */
  readonly now?: () => Date;
}

/** A chat template that tells who wrote which part, as all of this package do. */
export interface SpanningChatTemplate extends ChatTemplate {
  renderWithSpans(messages: readonly ChatMessage[], options?: ChatTemplateOptions): RenderedChat;
}

/**
 * Makes a chat template of Jinja source, rendered as Hugging Face renders it: `trim_blocks`, `lstrip_blocks`,
 * `tojson` as Python's `json.dumps(ensure_ascii=False)`, `raise_exception`, `strftime_now`.
 *
 * The variables `messages`, `tools` (or none), `documents` (none) and `add_generation_prompt` are set by `render`,
 * which also cuts the text behind the last message for `continueFinalMessage`.
 *
 * `renderWithSpans` also tells which parts of the text are the messages' contents: it renders once or twice more with
 * the contents marked. What the template makes of roles, tools and tool calls counts as the template's. Where marking a
 * content changes what the template writes, it is refused (`chat-template`).
 *
 * Known difference: JavaScript has one kind of number, so `1.0` in tools or messages is printed as `1`.
 *
 * @param variables what every rendering sees, first of all `bos_token`, `eos_token`, … by their text
 * @throws NextTokenError `chat-template` with the template's own words: at once when it cannot be parsed, on
 *   `render` when it refuses the messages, when there is no message, or when the last one cannot be continued
 */
export function chatTemplate(
  source: string,
  variables: Readonly<Record<string, unknown>> = {},
  { now = () => new Date() }: ChatTemplateSettings = {},
): SpanningChatTemplate {
  const program = attempt('the chat template cannot be parsed', () =>
    parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true })),
  );
  const run = (values: Readonly<Record<string, unknown>>): string => {
    const environment = new Environment();
    for (const [name, value] of Object.entries({ ...globals(now), ...values })) {
      if (value !== undefined) environment.set(name, value);
    }
    const result = attempt('the chat template failed', () => new PythonInterpreter(environment).run(program));
    return String(result.value);
  };
  const render = (messages: readonly ChatMessage[], options: ChatTemplateOptions = {}): string => {
    checkOptionNames('chatTemplate', options, optionNames);
    const { continueFinalMessage = false, addGenerationPrompt = !continueFinalMessage } = options;
    if (continueFinalMessage && addGenerationPrompt) {
      const expected = 'false when continueFinalMessage is true';
      throw invalidParameter('chatTemplate', 'addGenerationPrompt', true, expected);
    }
    if (messages.length === 0) throw chatTemplateError('there is no message to render');
    const text = run({
      ...variables,
      documents: null,
      ...options.variables,
      messages: continueFinalMessage ? markFinalMessage(messages) : messages,
      tools: options.tools ?? null,
      add_generation_prompt: addGenerationPrompt,
    });
    return continueFinalMessage ? cutAfterFinalMessage(text) : text;
  };
  return {
    source,
    render,
    renderWithSpans(messages, options) {
      const text = render(messages, options);
      return { text, spans: findSpans(text, messages, (marked) => render(marked, options)) };
    },
  };
}

function globals(now: () => Date): Record<string, unknown> {
  return {
    true: true,
    false: false,
    none: null,
    True: true,
    False: false,
    None: null,
    range: pythonRange,
    strftime_now: (format: string) => formatTime(now(), format),
    raise_exception: (message: unknown) => {
      throw new Error(String(message));
    },
  };
}

function pythonRange(first: number, second?: number, step = 1): number[] {
  if (step === 0) throw new Error('range() step must not be zero');
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function attempt<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw chatTemplateError(`${what}: ${reason}`, reason, cause);
  }
}
