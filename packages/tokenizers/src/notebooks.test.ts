import { readSharedJson } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { describe, expect, test } from 'vitest';
import { chatTemplate } from './chat-template/chat-template';
import { pickChatTemplate } from './chat-template/pick-chat-template';
import { sharedTokenizer } from './testing/shared-tokenizers';
import { tiktokenTokenizer } from './tiktoken/tiktoken-tokenizer';

/** Figures that teaching notebooks print, made with the libraries of their time. */
describeShared('figures of the notebooks', () => {
  test('GPT-2 on “Unbelievable tokenization powers! 🚀”', () => {
    const text = 'Unbelievable tokenization powers! 🚀';
    const tokenizer = sharedTokenizer('gpt2');
    const { ids, tokens } = tokenizer.encode(text);
    expect([...ids]).toEqual([3118, 6667, 11203, 540, 11241, 1634, 5635, 0, 12520, 248, 222]);
    expect(tokens).toEqual([
      'Un',
      'bel',
      'iev',
      'able',
      'Ġtoken',
      'ization',
      'Ġpowers',
      '!',
      'ĠðŁ',
      'ļ',
      'Ģ',
    ]);
    expect(tokenizer.decode(ids)).toBe(text);
  });

  test('SmolLM2 on “The Capital of France is”, alone and as a chat', () => {
    const tokenizer = sharedTokenizer('smollm2');
    const { ids, tokens } = tokenizer.encode('The Capital of France is');
    expect([...ids]).toEqual([504, 14937, 282, 4649, 314]);
    expect(tokens).toEqual(['The', 'ĠCapital', 'Ġof', 'ĠFrance', 'Ġis']);
    const config = readSharedJson('data/tokenizers/smollm2/tokenizer_config.json');
    const { source, variables } = pickChatTemplate({ tokenizerConfig: config });
    const { text, spans } = chatTemplate(source, variables).renderWithSpans([
      { role: 'user', content: 'The Capital of France is' },
    ]);
    const chat = tokenizer.encode(text);
    expect([...chat.ids]).toEqual([
      1, 9690, 198, 2683, 359, 253, 5356, 5646, 11173, 3365, 3511, 308, 34519, 28, 7018, 411, 407, 19712,
      8182, 2, 198, 1, 4093, 198, 504, 14937, 282, 4649, 314, 2, 198, 1, 520, 9531, 198,
    ]);
    expect(tokenizer.decode(chat.ids)).toBe(text);
    const said = spans.filter(({ source: from }) => from === 'message');
    expect(said.map(({ start, end }) => text.slice(start, end))).toEqual(['The Capital of France is']);
  });

  test('Mistral on “Peach is in a different castle”', () => {
    const tokenizer = sharedTokenizer('mistral-7b-v0.1');
    const { ids } = tokenizer.encode('Peach is in a different castle');
    expect([...ids]).toEqual([1, 3242, 595, 349, 297, 264, 1581, 19007]);
    expect(Array.from(ids, (id) => tokenizer.decode([id]))).toEqual([
      '<s>',
      'Pe',
      'ach',
      'is',
      'in',
      'a',
      'different',
      'castle',
    ]);
    expect(tokenizer.vocabSize).toBe(32_000);
  });
});

describe('figures of the notebooks, tiktoken', () => {
  test.each([
    [
      'gpt2',
      [464, 12520, 234, 253, 3491, 12, 23065, 647, 9177, 13077, 40, 13417, 13],
      ['The', ' �', '�', '�', ' star', '-', 'program', 'mer', ' implemented', ' AG', 'I', ' overnight', '.'],
    ],
    [
      'gpt-4o',
      [976, 130321, 253, 8253, 81630, 1159, 20681, 19215, 40, 34454, 13],
      ['The', ' �', '�', ' star', '-program', 'mer', ' implemented', ' AG', 'I', ' overnight', '.'],
    ],
  ])('%s on the star sentence', async (name, ids, pieces) => {
    const text = 'The 🌟 star-programmer implemented AGI overnight.';
    const tokenizer = await tiktokenTokenizer(name);
    const encoding = tokenizer.encode(text);
    expect([...encoding.ids]).toEqual(ids);
    expect(ids.map((id) => tokenizer.decode([id]))).toEqual(pieces);
    expect(tokenizer.decode(ids)).toBe(text);
  });
});
