import { readSharedJson } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { NextTokenError } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';
import { unigramJson, wordPieceJson } from '../testing/small-tokenizers';
import { tokenizerFromJson } from './tokenizer-from-json';

const utf8 = (text: string) => new TextEncoder().encode(text);
const plain = { addSpecialTokens: false };
const byteLevel = {
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
  decoder: { type: 'ByteLevel' },
};
const vocab = { a: 0, b: 1, Ġ: 2, ab: 3, '<x>': 4 };
const json = { ...byteLevel, model: { type: 'BPE', vocab, merges: ['a b'] } };

describe('malformed files', () => {
  const bpe = (model: object) => ({ ...json, model: { ...json.model, ...model } });
  test.each([
    ['null', null, ''],
    ['a list', [], ''],
    ['no model', {}, 'model'],
    ['no vocab', { model: { type: 'BPE', merges: [] } }, 'model.vocab'],
    ['an id that is no number', bpe({ vocab: { a: 'x' } }), 'model.vocab'],
    ['a merge of unknown tokens', bpe({ merges: ['a b', 'b c'] }), 'model.merges[1]'],
    ['a merge that is no pair', bpe({ merges: ['a'] }), 'model.merges[0]'],
    ['an added token without content', { ...json, added_tokens: [{ id: 7 }] }, 'added_tokens[0].content'],
    ['an unknown decoder', { ...json, decoder: { type: 'CTC' } }, 'decoder.type'],
    ['an unknown post-processor', { ...json, post_processor: { type: 'X' } }, 'post_processor.type'],
    ['an unknown pre-tokenizer', { ...json, pre_tokenizer: { type: 'X' } }, 'pre_tokenizer.type'],
    ['an unknown normalizer', { ...json, normalizer: { type: 'X' } }, 'normalizer.type'],
    [
      'a post-processor with a missing token',
      { ...json, post_processor: { type: 'BertProcessing', cls: ['c', 9], sep: ['s', 9] } },
      'post_processor',
    ],
  ])('%s', (_, file, field) => {
    const attempt = () => tokenizerFromJson(file);
    expect(attempt).toThrow(NextTokenError);
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'invalid-file', details: { path: 'tokenizer.json', field } }),
    );
  });

  test('a config that is wrong', () => {
    const attempt = () => tokenizerFromJson(json, { eos_token: { text: 'x' } });
    const details = { path: 'tokenizer_config.json', field: 'eos_token.content' };
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-config', details }));
  });

  test('BPE dropout is refused by name', () => {
    const attempt = () => tokenizerFromJson(bpe({ dropout: 0.1 }));
    expect(attempt).toThrow(expect.objectContaining({ code: 'unsupported-option' }));
  });
});

describe('special tokens', () => {
  test('are named by the config, as strings or objects, and then special', () => {
    const tokenizer = tokenizerFromJson(json, {
      eos_token: { content: '<x>' },
      bos_token: 'ab',
      pad_token: null,
    });
    expect(tokenizer.specialTokens).toEqual({ bos: 3, eos: 4 });
    expect(tokenizer.isSpecial(4)).toBe(true);
    expect([...tokenizer.encode('a<x>ab').ids]).toEqual([0, 4, 3]);
    expect(tokenizer.encode('a<x>ab').offsets).toEqual([
      [0, 1],
      [1, 4],
      [4, 6],
    ]);
    expect(tokenizer.decode([0, 4, 1], { skipSpecialTokens: true })).toBe('ab');
  });

  test('single_word, lstrip and rstrip as in the Rust library', () => {
    const token = { id: 4, content: '<x>', special: true };
    const strict = tokenizerFromJson({ ...json, added_tokens: [{ ...token, single_word: true }] });
    expect([...strict.encode('<x> b<x>').ids]).toEqual([4, 2, 1]);
    const strip = tokenizerFromJson({ ...json, added_tokens: [{ ...token, lstrip: true, rstrip: true }] });
    expect([...strip.encode('a <x>  b').ids]).toEqual([0, 4, 1]);
    expect(strip.encode('a <x>  b').offsets).toEqual([
      [0, 1],
      [1, 7],
      [7, 8],
    ]);
  });
});

describe('WordPiece', () => {
  const tokenizer = tokenizerFromJson(wordPieceJson);
  test('encodes, decodes, adds its special tokens', () => {
    const { ids, tokens, offsets } = tokenizer.encode('We played.');
    expect([...ids]).toEqual([1, 7, 3, 5, 6, 2]);
    expect(tokens).toEqual(['[CLS]', 'we', 'play', '##ed', '.', '[SEP]']);
    expect(offsets).toEqual([
      [0, 0],
      [0, 2],
      [3, 7],
      [7, 9],
      [9, 10],
      [0, 0],
    ]);
    expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe('we played.');
    expect(tokenizer.specialTokens).toEqual({ unknown: 0 });
  });
  test('bytes of a token in the middle of a text', () => {
    expect(tokenizer.bytesOf(4)).toEqual(utf8('ing'));
    expect(tokenizer.bytesOf(3)).toEqual(utf8(' play'));
    expect(tokenizer.bytesOf(1)).toEqual(utf8('[CLS]'));
  });
});

describe('Unigram', () => {
  const tokenizer = tokenizerFromJson(unigramJson);
  test('encodes and decodes', () => {
    const { ids } = tokenizer.encode('there the');
    expect([...ids]).toEqual([2, 3, 2]);
    expect(tokenizer.decode(ids)).toBe('there the');
    expect([...tokenizer.encode('z').ids]).toEqual([1, 0]);
    expect(tokenizer.bytesOf(2)).toEqual(utf8(' the'));
  });
});

describe('WordLevel', () => {
  test('words, unknown words, joined by spaces', () => {
    const tokenizer = tokenizerFromJson({
      pre_tokenizer: { type: 'Whitespace' },
      model: { type: 'WordLevel', unk_token: '?', vocab: { '?': 0, hello: 1, world: 2, ',': 3 } },
    });
    const { ids } = tokenizer.encode('hello, größe world');
    expect([...ids]).toEqual([1, 3, 0, 2]);
    expect(tokenizer.decode(ids)).toBe('hello , ? world');
  });
});

for (const name of sharedTokenizerNames) {
  describeShared(`${name}: hard texts`, () => {
    const tokenizer = sharedTokenizer(name);

    test('nothing, NUL, byte order mark, lone surrogates', () => {
      expect([...tokenizer.encode('', plain).ids]).toEqual([]);
      expect(tokenizer.decode([])).toBe('');
      for (const text of ['a\0b', '\ufeffa', '\u0085'])
        expect(tokenizer.decode(tokenizer.encode(text, plain).ids)).toBe(text);
      const lone = 'a\ud83db\udc00';
      expect(() => tokenizer.encode(lone)).toThrow(
        expect.objectContaining({
          code: 'encode-failed',
          details: { text: lone, kind: 'ill-formed', at: 1, unit: 'U+D83D' },
        }),
      );
      const replaced = tokenizer.encode(lone, { ...plain, illFormed: 'replace' });
      expect([...replaced.ids]).toEqual([...tokenizer.encode('a\ufffdb\ufffd', plain).ids]);
      expect(() => tokenizer.encode('a', { illFormed: 'x' as never })).toThrow(NextTokenError);
      expect(() => tokenizer.encode('a', { addSpecial: true } as never)).toThrow('addSpecialTokens');
    });

    test('ids that no token has are named', () => {
      const width = tokenizer.vocabSize;
      for (const id of [-1, width, 1.5, Number.NaN]) {
        const error = expect.objectContaining({
          code: 'invalid-token-id',
          details: { id, vocabSize: width },
        });
        expect(() => tokenizer.decode([id])).toThrow(error);
        expect(() => tokenizer.createStreamDecoder().push(id)).toThrow(error);
        expect(tokenizer.tokenOf(id)).toBeUndefined();
        expect(tokenizer.bytesOf(id)).toBeUndefined();
      }
    });

    test('tokenOf and idOf are inverse; every token has bytes', () => {
      for (let id = 0; id < tokenizer.vocabSize; id += 13) {
        const token = tokenizer.tokenOf(id);
        if (token === undefined) continue;
        expect(tokenizer.idOf(token)).toBe(id);
        expect(tokenizer.bytesOf(id)!.length).toBeGreaterThan(0);
      }
    });

    test('bytes of the tokens are the bytes of the text', () => {
      const text = ' naïve 你好 😀 a\n\tb  c';
      const ids = [...tokenizer.encode(text, plain).ids];
      const bytes = ids.flatMap((id) => [...tokenizer.bytesOf(id)!]);
      const decoded = tokenizer.decode(ids);
      expect(decoded).toBe(text);
      // SentencePiece puts a space in front that decoding takes away.
      expect(bytes).toEqual([...utf8(bytes.length > utf8(text).length ? ` ${text}` : text)]);
    });
  });
}

describeShared('tokenizer_config.json of the shared tokenizers', () => {
  test('names their special tokens', () => {
    const read = (folder: string) =>
      tokenizerFromJson(
        readSharedJson(`${folder}/tokenizer.json`),
        readSharedJson(`${folder}/tokenizer_config.json`),
      ).specialTokens;
    expect(read('data/tokenizers/smollm2')).toEqual({ bos: 1, eos: 2, pad: 2, unknown: 0 });
    expect(read('data/tokenizers/qwen2.5')).toEqual({ eos: 151645, pad: 151643 });
    expect(read('data/models/stories260k')).toEqual({ bos: 1, eos: 2, unknown: 0 });
  });
});

describeShared('smollm2: a text without any boundary', () => {
  test('1 MB of one letter', () => {
    const tokenizer = sharedTokenizer('smollm2');
    const text = 'a'.repeat(1_000_000);
    const { ids } = tokenizer.encode(text, plain);
    expect(tokenizer.decode(ids)).toBe(text);
  });
});
