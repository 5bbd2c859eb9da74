import type { ChatMessage, ChatTemplateOptions } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { chatTemplate } from './chat-template';
import { pickChatTemplate } from './pick-chat-template';

const user = { role: 'user', content: 'Hi' };
const answer = { role: 'assistant', content: ' Well, ' };
const withCode = (code: string, reason?: string) =>
  expect.objectContaining(reason === undefined ? { code } : { code, details: { reason } });

describe('chatTemplate', () => {
  test('variables, options and defaults', () => {
    const template = chatTemplate(
      '{{ bos_token }}{{ messages[0].content }}{{ add_generation_prompt }}{{ extra }}',
      {
        bos_token: '<s>',
      },
    );
    expect(template.render([user])).toBe('<s>Hitrue');
    expect(template.render([user], { addGenerationPrompt: false, variables: { extra: '!' } })).toBe(
      '<s>Hifalse!',
    );
  });

  test("the template's own words come with the error", () => {
    const template = chatTemplate("{{ raise_exception('Roles must alternate') }}");
    expect(() => template.render([user])).toThrow(withCode('chat-template', 'Roles must alternate'));
    expect(() => chatTemplate('{% for %}')).toThrow(withCode('chat-template'));
    expect(() => chatTemplate('x').render([])).toThrow(withCode('chat-template'));
  });

  test('the final message is left open', () => {
    const keeping = chatTemplate('{% for m in messages %}<{{ m.content }}>{% endfor %}');
    expect(keeping.render([user, answer], { continueFinalMessage: true })).toBe('<Hi>< Well, ');
    const trimming = chatTemplate('{% for m in messages %}<{{ m.content | trim }}>{% endfor %}');
    expect(trimming.render([user, answer], { continueFinalMessage: true })).toBe('<Hi><Well,');
    const both = { continueFinalMessage: true, addGenerationPrompt: true };
    expect(() => keeping.render([user], both)).toThrow(withCode('invalid-parameter'));
    const hiding = () => chatTemplate('-').render([user], { continueFinalMessage: true });
    expect(hiding).toThrow(withCode('chat-template'));
  });

  test('messages are not changed', () => {
    const messages = [Object.freeze({ ...answer })];
    chatTemplate('{{ messages[0].content }}').render(messages, { continueFinalMessage: true });
    expect(messages).toEqual([answer]);
  });

  test('strftime_now uses the clock that is given', () => {
    const now = () => new Date(2026, 2, 5, 9, 7, 3);
    const template = chatTemplate(
      "{{ strftime_now('%d %b %Y|%B %A %-d %H:%M:%S %I %p %j %%') }}",
      {},
      { now },
    );
    expect(template.render([user])).toBe('05 Mar 2026|March Thursday 5 09:07:03 09 AM 064 %');
  });

  test.each([
    [
      '{{ tools | tojson }}',
      [{ a: 'é"\n', b: [1, 0.00001, 1.5e-7, 2.5], c: {}, d: null }],
      '[{"a": "é\\"\\n", "b": [1, 1e-05, 1.5e-07, 2.5], "c": {}, "d": null}]',
    ],
    ['{{ tools | tojson(indent=2) }}', [{ a: [] }, 1], '[\n  {\n    "a": []\n  },\n  1\n]'],
    ['{{ tools | tojson(sort_keys=true, separators=(",", ":")) }}', [{ b: 1, a: 2 }], '[{"a":2,"b":1}]'],
    ['{{ tools | tojson(ensure_ascii=true) }}', ['é😀'], '["\\u00e9\\ud83d\\ude00"]'],
    ["{{ '\"' + (tools[0] | safe) + '\"' }}", ['<a>'], '&#34;<a>&#34;'],
    ["{{ '\"' + tools[0] + '\"' }}", ['<a>'], '"<a>"'],
  ])('%s as Python has it', (source, tools, text) => {
    expect(chatTemplate(source).render([user], { tools })).toBe(text);
  });
});

describe('renderWithSpans', () => {
  const shown = (source: string, messages: readonly ChatMessage[], options?: ChatTemplateOptions) => {
    const { text, spans } = chatTemplate(source).renderWithSpans(messages, options);
    expect(text).toBe(chatTemplate(source).render(messages, options));
    expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    return spans.map(({ start, end, message }) => [message ?? 'template', text.slice(start, end)]);
  };
  const loop = '{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}';
  const trimming = '{% for m in messages %}[{{ m.role }}]{{ m.content | trim }}{% endfor %}>';

  test('what the template wrote, and what messages say', () => {
    expect(shown(loop, [user, answer])).toEqual([
      ['template', '[user]'],
      [0, 'Hi'],
      ['template', '[assistant]'],
      [1, ' Well, '],
    ]);
    expect(shown(trimming, [answer, user])).toEqual([
      ['template', '[assistant]'],
      [0, 'Well,'],
      ['template', '[user]'],
      [1, 'Hi'],
      ['template', '>'],
    ]);
    expect(shown(loop, [answer], { continueFinalMessage: true })).toEqual([
      ['template', '[assistant]'],
      [0, ' Well, '],
    ]);
  });

  test('a content equal to the template’s own words is told apart', () => {
    expect(shown(loop, [{ role: 'user', content: '[user]' }])).toEqual([
      ['template', '[user]'],
      [0, '[user]'],
    ]);
  });

  test('contents that are left out, empty, doubled, in blocks, or cut', () => {
    expect(shown('-', [user])).toEqual([['template', '-']]);
    expect(shown(loop, [{ role: 'user', content: '' }])).toEqual([['template', '[user]']]);
    expect(shown('{{ messages[0].content }}+{{ messages[0].content }}', [user])).toEqual([
      [0, 'Hi'],
      ['template', '+'],
      [0, 'Hi'],
    ]);
    const blocks = { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image' }] };
    expect(shown('({{ messages[0].content[0].text }})', [blocks as never])).toEqual([
      ['template', '('],
      [0, 'a'],
      ['template', ')'],
    ]);
    const thought = { role: 'assistant', content: 'x</think>y' };
    expect(shown("<{{ messages[0].content.split('</think>')[1] }}>", [thought])).toEqual([
      ['template', '<'],
      [0, 'y'],
      ['template', '>'],
    ]);
    expect(shown("<{{ messages[0].content.split('</think>')[0] }}>", [thought])).toEqual([
      ['template', '<'],
      [0, 'x'],
      ['template', '>'],
    ]);
  });

  test('is refused where marks would change the text', () => {
    const measuring = chatTemplate('{{ messages[0].content | length }}');
    expect(() => measuring.renderWithSpans([user])).toThrow(withCode('chat-template'));
    const odd = { role: 'user', content: '\uFDD0' };
    expect(() => chatTemplate(loop).renderWithSpans([odd])).toThrow(withCode('chat-template'));
  });

  test('other options are refused', () => {
    expect(() => chatTemplate(loop).render([user], { addGeneration: true } as never)).toThrow(
      withCode('unsupported-option'),
    );
  });
});

describe('pickChatTemplate', () => {
  const named = {
    chat_template: [
      { name: 'default', template: 'D' },
      { name: 'tool_use', template: 'T' },
    ],
  };

  test('from a string, a list, and a file that comes first', () => {
    const config = { chat_template: 'C', bos_token: '<s>', eos_token: { content: '</s>' }, pad_token: null };
    expect(pickChatTemplate({ tokenizerConfig: config })).toEqual({
      source: 'C',
      variables: { bos_token: '<s>', eos_token: '</s>' },
    });
    expect(pickChatTemplate({ tokenizerConfig: config, chatTemplateJinja: 'J' }).source).toBe('J');
    expect(pickChatTemplate({ tokenizerConfig: named }).source).toBe('D');
    expect(pickChatTemplate({ tokenizerConfig: named }, 'tool_use').source).toBe('T');
  });

  test('none, none of that name, and a malformed one', () => {
    expect(() => pickChatTemplate({})).toThrow(withCode('chat-template'));
    expect(() => pickChatTemplate({ tokenizerConfig: named }, 'rag')).toThrow('only default, tool_use');
    expect(() => pickChatTemplate({ tokenizerConfig: { chat_template: 7 } })).toThrow(
      withCode('invalid-config'),
    );
    expect(() => pickChatTemplate({ tokenizerConfig: { chat_template: [{ name: 'x' }] } })).toThrow(
      withCode('invalid-config'),
    );
  });
});
