import type { Tokenizer } from '@nexttoken/model';
import { describe, expect, it } from 'vitest';
import { checkTokenizer } from './check-tokenizer';
import { parseJsonFile } from './json-file';
import { onnxDimensions } from './onnx-dimensions';
import { readGenerationConfig } from './read-generation-config';

const tokenizer = (vocabSize: number, specialTokens = {}): Tokenizer =>
  ({ vocabSize, specialTokens, tokenOf: (id: number) => `token ${id}` }) as unknown as Tokenizer;
const file = (path: string, value: Record<string, unknown>) => ({ path, value });

describe('parseJsonFile', () => {
  it('parses an object, with or without a byte order mark', () => {
    expect(parseJsonFile('a.json', '{"b":1}')).toEqual({ path: 'a.json', value: { b: 1 } });
    expect(parseJsonFile('a.json', '\uFEFF{}').value).toEqual({});
  });

  it.each(['', '{', '[1]', 'null', '"text"'])('refuses %j and names the file', (text) => {
    expect(() => parseJsonFile('folder/a.json', text)).toThrowError(
      expect.objectContaining({ code: 'invalid-file', details: { path: 'folder/a.json' } }),
    );
  });
});

describe('readGenerationConfig', () => {
  it('takes each role from the first file that names it', () => {
    const files = {
      generationConfig: file('generation_config.json', {
        eos_token_id: [5, 6, 5],
        temperature: 0.6,
        top_k: null,
      }),
      config: file('config.json', { eos_token_id: 2, bos_token_id: 1 }),
      gguf: file('model.gguf', { 'tokenizer.ggml.bos_token_id': 9, 'tokenizer.ggml.padding_token_id': 3 }),
    };
    expect(readGenerationConfig(files, tokenizer(10, { eos: 8 }), 10)).toEqual({
      endTokenIds: [5, 6],
      bosTokenId: 1,
      padTokenId: 3,
      defaults: { temperature: 0.6 },
    });
  });

  it('falls back to the tokenizer, and to nothing', () => {
    expect(readGenerationConfig({}, tokenizer(10, { eos: 8, bos: 7 }), 10)).toEqual({
      endTokenIds: [8],
      bosTokenId: 7,
      defaults: {},
    });
    expect(readGenerationConfig({}, tokenizer(10), 10)).toEqual({ endTokenIds: [], defaults: {} });
  });

  it('takes a pad_token_id of -1 for none, null for not said', () => {
    const config = file('config.json', { pad_token_id: -1, eos_token_id: null });
    expect(readGenerationConfig({ config }, tokenizer(10, { eos: 4 }), 10)).toEqual({
      endTokenIds: [4],
      defaults: {},
    });
  });

  it.each([10, -1, 1.5, '2', [1, 10], { id: 1 }])('refuses the end token %j', (value) => {
    const generationConfig = file('here/generation_config.json', { eos_token_id: value });
    expect(() => readGenerationConfig({ generationConfig }, tokenizer(10), 10)).toThrowError(
      expect.objectContaining({
        code: 'invalid-config',
        details: { path: 'here/generation_config.json', field: 'eos_token_id', value, vocabSize: 10 },
      }),
    );
  });
});

describe('checkTokenizer', () => {
  it('lets a wider row pass and refuses a narrower one', () => {
    checkTokenizer(tokenizer(10), 10, 'tokenizer.json');
    checkTokenizer(tokenizer(10), 64, 'tokenizer.json');
    expect(() => checkTokenizer(tokenizer(11), 10, 'tokenizer.json')).toThrowError(
      expect.objectContaining({
        code: 'tokenizer-mismatch',
        details: { path: 'tokenizer.json', id: 10, token: 'token 10', vocabSize: 10 },
      }),
    );
  });
});

describe('onnxDimensions', () => {
  it('reads Llama and GPT-2 names', () => {
    const llama = {
      vocab_size: 8,
      max_position_embeddings: 16,
      num_attention_heads: 4,
      num_key_value_heads: 2,
      hidden_size: 32,
    };
    expect(onnxDimensions(file('config.json', llama))).toEqual({
      vocabSize: 8,
      contextLength: 16,
      keyValueHeadCount: 2,
      headSize: 8,
    });
    const gpt2 = { vocab_size: 8, n_positions: 16, n_head: 4, n_embd: 32 };
    expect(onnxDimensions(file('config.json', gpt2))).toEqual({
      vocabSize: 8,
      contextLength: 16,
      keyValueHeadCount: 4,
      headSize: 8,
    });
    expect(onnxDimensions(file('config.json', { vocab_size: 8, n_ctx: 4, head_dim: 3 }))).toEqual({
      vocabSize: 8,
      contextLength: 4,
      headSize: 3,
    });
  });

  it.each([
    [{ n_ctx: 4 }, 'vocab_size'],
    [{ vocab_size: 0, n_ctx: 4 }, 'vocab_size'],
    [{ vocab_size: 8 }, 'max_position_embeddings'],
    [{ vocab_size: 8, n_ctx: '4' }, 'n_ctx'],
  ])('refuses %o and names %s', (value, field) => {
    expect(() => onnxDimensions(file('config.json', value))).toThrowError(
      expect.objectContaining({
        code: 'invalid-config',
        details: expect.objectContaining({ path: 'config.json', field }),
      }),
    );
  });
});
