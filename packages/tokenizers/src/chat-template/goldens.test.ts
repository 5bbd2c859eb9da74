import { type GoldenArray, goldenIds, readSharedJson, readSharedText } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { type ChatMessage, NextTokenError } from '@nexttoken/model';
import { expect, test } from 'vitest';
import { type SharedTokenizerName, sharedTokenizer } from '../testing/shared-tokenizers';
import { chatTemplate } from './chat-template';
import { pickChatTemplate } from './pick-chat-template';

interface Case {
  readonly name: string;
  readonly messages: ChatMessage[];
  readonly tools?: unknown[];
  readonly add_generation_prompt: boolean;
  readonly continue_final_message?: boolean;
  readonly template?: string;
  readonly text?: string;
  readonly ids?: GoldenArray;
  readonly throws?: boolean;
  readonly error?: string;
  readonly message?: string;
}

interface Goldens {
  readonly bos_token: string | null;
  readonly eos_token: string | null;
  readonly cases: Case[];
}

/** A message's text; of several blocks, one after the other. */
function contentOf({ content }: ChatMessage): string {
  const blocks: unknown = content;
  if (!Array.isArray(blocks)) return typeof blocks === 'string' ? blocks : '';
  return blocks.map((block: { text?: string }) => block.text ?? '').join('');
}

const names: SharedTokenizerName[] = ['mistral-7b-v0.1', 'qwen2.5', 'smollm2'];

for (const name of names) {
  describeShared(`chat templates of ${name}, as Hugging Face renders them`, () => {
    const goldens = readSharedJson<Goldens>(`goldens/chat/${name}.json`);
    const sourceOf = (golden: Case) => {
      if (golden.template !== undefined) return readSharedText(golden.template.replace(/^shared\//, ''));
      return pickChatTemplate({
        tokenizerConfig: readSharedJson(`data/tokenizers/${name}/tokenizer_config.json`),
      }).source;
    };
    const variables: Record<string, string> = {};
    if (goldens.bos_token !== null) variables.bos_token = goldens.bos_token;
    if (goldens.eos_token !== null) variables.eos_token = goldens.eos_token;

    test.each(goldens.cases)('$name', (golden) => {
      const template = chatTemplate(sourceOf(golden), variables);
      const options = {
        addGenerationPrompt: golden.add_generation_prompt,
        continueFinalMessage: golden.continue_final_message ?? false,
        ...(golden.tools ? { tools: golden.tools } : {}),
      };
      const render = () => template.render(golden.messages, options);
      if (golden.throws) {
        expect(render).toThrow(NextTokenError);
        if (golden.error === 'TemplateError') expect(render).toThrow(golden.message!);
        return;
      }
      const text = render();
      expect(text).toBe(golden.text);
      const { ids } = sharedTokenizer(name).encode(text, { addSpecialTokens: false });
      expect([...ids]).toEqual(goldenIds(golden.ids!));

      const { spans } = template.renderWithSpans(golden.messages, options);
      expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      for (const { start, end, source, message } of spans) {
        const words = text.slice(start, end);
        if (source === 'template') continue;
        const said = contentOf(golden.messages[message!]!);
        // Tool results stand in the text as JSON.
        expect([said, JSON.stringify(said)].some((form) => form.includes(words))).toBe(true);
      }
      const shown = new Set(spans.map(({ message }) => message));
      golden.messages.forEach((message, index) => {
        const content = contentOf(message).trim();
        // What the text holds only once can have come from the message alone.
        if (content !== '' && text.split(content).length === 2) expect(shown).toContain(index);
      });
    });
  });
}
