import type { ChatTemplate, Tokenizer } from '@nexttoken/model';
import { chatTemplate, pickChatTemplate } from '@nexttoken/tokenizers';
import type { ModelTexts } from './model-texts';

/**
 * The model's chat template: chat_template.jinja, else the one in tokenizer_config.json (of several the one named
 * `default`, else the first), else the one that a GGUF file carries; `undefined` for a model without any. It is parsed
 * when it is first rendered, so that a broken one disturbs nobody who does not chat.
 */
export function openChatTemplate(
  texts: ModelTexts,
  tokenizer: Tokenizer,
  embedded: unknown,
): ChatTemplate | undefined {
  const tokenizerConfig = texts.tokenizerConfig?.value ?? roleTokens(tokenizer);
  const inConfig = tokenizerConfig.chat_template ?? undefined;
  const carried = inConfig === undefined && typeof embedded === 'string' ? embedded : undefined;
  const chatTemplateJinja = texts.chatTemplate ?? carried;
  if (chatTemplateJinja === undefined && inConfig === undefined) return undefined;
  const name = chatTemplateJinja === undefined ? templateName(inConfig) : undefined;
  const { source, variables } = pickChatTemplate({ tokenizerConfig, chatTemplateJinja }, name);
  let parsed: ReturnType<typeof chatTemplate> | undefined;
  const template = () => {
    parsed ??= chatTemplate(source, variables);
    return parsed;
  };
  return {
    source,
    render: (messages, options) => template().render(messages, options),
    renderWithSpans: (messages, options) => template().renderWithSpans(messages, options),
  };
}

function templateName(templates: unknown): string | undefined {
  if (!Array.isArray(templates)) return undefined;
  const names = templates.map((entry: unknown) => Object(entry).name as unknown);
  return names.includes('default') || typeof names[0] !== 'string' ? undefined : names[0];
}

/** What tokenizer_config.json would say about the tokens with a role, where there is none. */
function roleTokens({ specialTokens, tokenOf }: Tokenizer): Readonly<Record<string, unknown>> {
  const { bos, eos, pad, unknown } = specialTokens;
  const entries = Object.entries({ bos_token: bos, eos_token: eos, pad_token: pad, unk_token: unknown });
  return Object.fromEntries(entries.flatMap(([role, id]) => (id === undefined ? [] : [[role, tokenOf(id)]])));
}
