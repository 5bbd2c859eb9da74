import { readSharedJson, sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { Tokenizer as Peer } from 'tokenizers';
import { describe, expect, test } from 'vitest';
import { readGgufMetadata } from '../testing/read-gguf-metadata';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import { ggufTokenizerJson } from './gguf-tokenizer-json';
import { tokenizerFromGguf } from './tokenizer-from-gguf';

describeShared('tokenizer.json from GGUF is loaded by the Rust library, which gives the same ids', () => {
  test.each([
    ['smollm2', 'smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf'],
    ['stories260k', 'stories260k/stories260k-f32.gguf'],
  ])('%s', async (name, path) => {
    const metadata = readGgufMetadata(sharedPath(`data/models/${path}`));
    const text = JSON.stringify(ggufTokenizerJson(metadata));
    const own = tokenizerFromGguf(metadata);
    const again = tokenizerFromJson(JSON.parse(text));
    const peer = Peer.fromString(text);
    const { cases } = readSharedJson<{ cases: { text: string }[] }>(`goldens/tokenizers/${name}.json`);
    for (const { text: sample } of cases) {
      const expected = [...own.encode(sample).ids];
      expect([...again.encode(sample).ids], sample.slice(0, 80)).toEqual(expected);
      expect((await peer.encode(sample)).getIds(), sample.slice(0, 80)).toEqual(expected);
    }
  });
});

describe('ggufTokenizerJson', () => {
  test('an unknown kind is refused', () => {
    const metadata = { 'tokenizer.ggml.model': 'rwkv', 'tokenizer.ggml.tokens': ['a'] };
    expect(() => ggufTokenizerJson(metadata)).toThrow(
      expect.objectContaining({ code: 'unsupported-option' }),
    );
  });
});
