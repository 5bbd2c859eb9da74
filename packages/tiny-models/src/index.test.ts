import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { type TinyModelFileName, type TinyModelName, tinyModels, tinyModelUrl } from './index.js';
import { tinyModelPath } from './node.js';

const names = Object.keys(tinyModels) as TinyModelName[];
const json = (name: TinyModelName, file: TinyModelFileName) =>
  JSON.parse(readFileSync(tinyModelUrl(name, file), 'utf8'));

describe('tinyModels', () => {
  it('names both models', () => {
    expect(names).toEqual(['tales', 'tales-chat']);
    for (const name of names) expect(tinyModels[name].name).toBe(name);
    expect(names.map((name) => tinyModels[name].chat)).toEqual([false, true]);
  });

  it('keeps each folder within 6 MB', () => {
    for (const name of names) {
      const folder = tinyModelPath(name);
      const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
      expect(bytes).toBeLessThanOrEqual(6_000_000);
    }
  });
});

describe.each(names)('%s', (name) => {
  const model = tinyModels[name];
  const files = Object.keys(model.files) as TinyModelFileName[];

  it.each(files)('has %s as the metadata say', (file) => {
    const content = readFileSync(tinyModelUrl(name, file));
    expect(content.length).toBe(model.files[file].bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(model.files[file].sha256);
  });

  it('agrees with its config.json', () => {
    const config = json(name, 'config.json');
    expect(config.architectures).toEqual(['LlamaForCausalLM']);
    expect(config.vocab_size).toBe(model.vocabularySize);
    expect(config.max_position_embeddings).toBe(model.contextLength);
    expect(config.max_position_embeddings).toBeGreaterThanOrEqual(512);
    expect(config.tie_word_embeddings).toBe(true);
    expect(config.head_dim % 16).toBe(0);
    expect(config.num_attention_heads % config.num_key_value_heads).toBe(0);
  });

  it('has as many parameters as its weights file, all fp16, none beyond 2.8 million', () => {
    const content = readFileSync(tinyModelUrl(name, 'model.safetensors'));
    const length = Number(content.readBigUInt64LE(0));
    const header = JSON.parse(content.subarray(8, 8 + length).toString()) as Record<
      string,
      { dtype: string; shape: number[] }
    >;
    let parameters = 0;
    for (const [key, tensor] of Object.entries(header)) {
      if (key === '__metadata__') continue;
      expect(tensor.dtype).toBe('F16');
      parameters += tensor.shape.reduce((product, size) => product * size, 1);
    }
    expect(parameters).toBe(model.parameters);
    expect(parameters).toBeLessThanOrEqual(2_800_000);
    expect(content.length).toBe(8 + length + 2 * parameters);
  });

  it('has a vocabulary of its size, the special tokens first', () => {
    const { model: bpe, added_tokens: added } = json(name, 'tokenizer.json');
    expect(Object.keys(bpe.vocab)).toHaveLength(model.vocabularySize);
    expect(added.map((token: { id: number; content: string }) => [token.id, token.content])).toEqual([
      [0, '<|endoftext|>'],
      [1, '<|im_start|>'],
      [2, '<|im_end|>'],
    ]);
  });

  it('ends at the token that its three files agree on', () => {
    const end = model.chat ? 2 : 0;
    expect(json(name, 'config.json').eos_token_id).toBe(end);
    expect(json(name, 'generation_config.json').eos_token_id).toBe(end);
    const tokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
    expect(json(name, 'tokenizer_config.json').eos_token).toBe(tokens[end]);
  });
});

describe('tinyModelUrl', () => {
  it('is the config.json if no file is named', () => {
    expect(tinyModelUrl('tales').href).toBe(tinyModelUrl('tales', 'config.json').href);
    expect(tinyModelUrl('tales').href).toMatch(/\/models\/tales\/config\.json$/);
  });

  it('refuses models and files that there are not', () => {
    expect(() => tinyModelUrl('gpt-5' as TinyModelName)).toThrow(RangeError);
    expect(() => tinyModelUrl('toString' as TinyModelName)).toThrow(RangeError);
    expect(() => tinyModelUrl('tales', 'weights.bin' as TinyModelFileName)).toThrow(/weights\.bin/);
  });
});

describe('tinyModelPath', () => {
  it('is an absolute folder, the same for its files', () => {
    for (const name of names) {
      const folder = tinyModelPath(name);
      expect(isAbsolute(folder)).toBe(true);
      expect(existsSync(join(folder, 'model.safetensors'))).toBe(true);
      expect(tinyModelPath(name, 'tokenizer.json')).toBe(fileURLToPath(tinyModelUrl(name, 'tokenizer.json')));
    }
  });
});
