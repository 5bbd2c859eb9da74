import { readSharedJson, sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { describe, expect, test } from 'vitest';
import { chatTemplate } from '../chat-template/chat-template';
import { pickChatTemplate } from '../chat-template/pick-chat-template';
import { readGgufMetadata } from '../testing/read-gguf-metadata';
import { sharedTokenizer } from '../testing/shared-tokenizers';
import { tokenizerConfigFromGguf } from './tokenizer-config-from-gguf';
import { tokenizerFromGguf } from './tokenizer-from-gguf';

interface Goldens {
  readonly cases: readonly { readonly name: string; readonly text: string }[];
}

const models = [
  ['smollm2', 'smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf'],
  ['stories260k', 'stories260k/stories260k-f32.gguf'],
] as const;

for (const [name, path] of models) {
  describeShared(`${name} from GGUF is the one of tokenizer.json`, () => {
    const metadata = readGgufMetadata(sharedPath(`data/models/${path}`));
    const tokenizer = tokenizerFromGguf(metadata);
    const expected = sharedTokenizer(name);

    test('vocabulary', () => {
      expect(tokenizer.kind).toBe('gguf');
      expect(tokenizer.vocabSize).toBe(expected.vocabSize);
      for (let id = 0; id < tokenizer.vocabSize; id++) {
        if (
          tokenizer.tokenOf(id) !== expected.tokenOf(id) ||
          tokenizer.isSpecial(id) !== expected.isSpecial(id)
        ) {
          expect.fail(`token ${id}`);
        }
      }
    });

    test.each(readSharedJson<Goldens>(`goldens/tokenizers/${name}.json`).cases)('$name', ({ text }) => {
      const encoding = tokenizer.encode(text);
      expect(encoding).toEqual(expected.encode(text));
      expect(tokenizer.decode(encoding.ids)).toBe(expected.decode(encoding.ids));
    });
  });
}

describeShared('chat template from GGUF', () => {
  test('is that of tokenizer_config.json', () => {
    const metadata = readGgufMetadata(sharedPath(`data/models/${models[0][1]}`));
    const config = tokenizerConfigFromGguf(metadata);
    expect(config).toMatchObject({
      bos_token: '<|im_start|>',
      eos_token: '<|im_end|>',
      pad_token: '<|im_end|>',
    });
    const { source, variables } = pickChatTemplate({ tokenizerConfig: config });
    const text = chatTemplate(source, variables).render([{ role: 'user', content: 'Hi' }]);
    expect(text.endsWith('<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n')).toBe(true);
  });
});

describe('tokenizerFromGguf', () => {
  const metadata = {
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'qwen2',
    'tokenizer.ggml.tokens': ['a', 'b', 'ab', '<s>', '12', '1', '2', '</s>'],
    'tokenizer.ggml.token_type': Int32Array.of(1, 1, 1, 3, 1, 1, 1, 4),
    'tokenizer.ggml.merges': ['a b', '1 2'],
    'tokenizer.ggml.bos_token_id': 3,
    'tokenizer.ggml.eos_token_id': 7,
  };
  const idsOf = (changes: object, text: string) => [
    ...tokenizerFromGguf({ ...metadata, ...changes }).encode(text).ids,
  ];

  test('cuts as the named pre-tokenizer, adds what the flags say', () => {
    expect(idsOf({}, 'ab12')).toEqual([2, 5, 6]);
    expect(idsOf({ 'tokenizer.ggml.pre': 'gpt-2' }, 'ab12')).toEqual([2, 4]);
    expect(idsOf({ 'tokenizer.ggml.pre': 'llama-bpe' }, 'ab12')).toEqual([3, 2, 4]);
    const both = { 'tokenizer.ggml.add_bos_token': true, 'tokenizer.ggml.add_eos_token': true };
    expect(idsOf(both, 'ab')).toEqual([3, 2, 7]);
  });

  test.each([
    ['no tokens', { 'tokenizer.ggml.tokens': undefined }, 'invalid-file'],
    [
      'a token twice',
      { 'tokenizer.ggml.tokens': ['a', 'a', 'b', 'ab', '1', '2', '12', '0'] },
      'invalid-file',
    ],
    ['types of another length', { 'tokenizer.ggml.token_type': [1] }, 'invalid-file'],
    ['a role outside', { 'tokenizer.ggml.bos_token_id': 99 }, 'invalid-file'],
    ['no merges', { 'tokenizer.ggml.merges': undefined }, 'invalid-file'],
    ['an unknown model', { 'tokenizer.ggml.model': 'rwkv' }, 'unsupported-option'],
    ['an unknown pre-tokenizer', { 'tokenizer.ggml.pre': 'mine' }, 'unsupported-option'],
    ['no scores', { 'tokenizer.ggml.model': 'llama' }, 'invalid-file'],
  ])('refuses %s', (_, changes, code) => {
    expect(() => tokenizerFromGguf({ ...metadata, ...changes })).toThrow(expect.objectContaining({ code }));
  });
});
