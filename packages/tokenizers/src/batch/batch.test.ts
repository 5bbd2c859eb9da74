import { describe, expect, test } from 'vitest';
import { wordPieceJson } from '../testing/small-tokenizers';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import { decodeBatch } from './decode-batch';
import { encodeBatch } from './encode-batch';

// [UNK] 0, [CLS] 1, [SEP] 2, play 3, ##ing 4, ##ed 5, . 6, we 7
const tokenizer = tokenizerFromJson(wordPieceJson);
const texts = ['We played.', 'we', ''];
const rows = (batch: { ids: readonly Int32Array[] }) => batch.ids.map((row) => [...row]);
const masks = (batch: { attentionMask: readonly Uint8Array[] }) =>
  batch.attentionMask.map((row) => [...row].join(''));

describe('encodeBatch', () => {
  test('does nothing unasked', () => {
    const batch = encodeBatch(tokenizer, texts);
    expect(rows(batch)).toEqual([
      [1, 7, 3, 5, 6, 2],
      [1, 7, 2],
      [1, 2],
    ]);
    expect(masks(batch)).toEqual(['111111', '111', '11']);
    expect(batch.truncated).toEqual([0, 0, 0]);
  });

  test('pads on either side, to a length, to a multiple', () => {
    const right = encodeBatch(tokenizer, texts, { padding: { side: 'right', id: 0 } });
    expect(rows(right)).toEqual([
      [1, 7, 3, 5, 6, 2],
      [1, 7, 2, 0, 0, 0],
      [1, 2, 0, 0, 0, 0],
    ]);
    expect(masks(right)).toEqual(['111111', '111000', '110000']);
    const left = encodeBatch(tokenizer, texts, { padding: { side: 'left', id: 0, multipleOf: 4 } });
    expect(rows(left)[1]).toEqual([0, 0, 0, 0, 0, 1, 7, 2]);
    expect(masks(left)[1]).toBe('00000111');
    const fixed = encodeBatch(tokenizer, ['we'], { padding: { side: 'right', id: 0, length: 5 } });
    expect(rows(fixed)).toEqual([[1, 7, 2, 0, 0]]);
    expect(encodeBatch(tokenizer, [], { padding: { side: 'left', id: 0 } }).ids).toEqual([]);
  });

  test('cuts on either side, within the special tokens', () => {
    const cut = (maxLength: number, side: 'left' | 'right') =>
      encodeBatch(tokenizer, texts, { truncation: { maxLength, side } });
    expect(rows(cut(4, 'right'))).toEqual([
      [1, 7, 3, 2],
      [1, 7, 2],
      [1, 2],
    ]);
    expect(cut(4, 'right').truncated).toEqual([2, 0, 0]);
    expect(rows(cut(4, 'left'))[0]).toEqual([1, 5, 6, 2]);
    expect(rows(cut(2, 'left'))[0]).toEqual([1, 2]);
    const plain = encodeBatch(tokenizer, texts, {
      addSpecialTokens: false,
      truncation: { maxLength: 1, side: 'left' },
    });
    expect(rows(plain)).toEqual([[6], [7], []]);
  });

  test.each([
    ['truncation.maxLength', { truncation: { maxLength: 1, side: 'left' } }],
    ['truncation.side', { truncation: { maxLength: 3, side: 'up' } }],
    ['padding.side', { padding: { side: 'up', id: 0 } }],
    ['padding.id', { padding: { side: 'left', id: 99 } }],
    ['padding.length', { padding: { side: 'left', id: 0, length: 3 } }],
    ['padding.length', { padding: { side: 'left', id: 0, length: 'max' } }],
    ['padding.multipleOf', { padding: { side: 'left', id: 0, multipleOf: 0 } }],
  ])('refuses a wrong %s', (parameter, options) => {
    expect(() => encodeBatch(tokenizer, texts, options as never)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', details: expect.objectContaining({ parameter }) }),
    );
  });

  test('refuses other options', () => {
    expect(() => encodeBatch(tokenizer, texts, { maxLength: 3 } as never)).toThrow(
      expect.objectContaining({ code: 'unsupported-option' }),
    );
  });

  test('what a file says is shown, and applied when it is handed over', () => {
    const said = tokenizerFromJson({
      ...wordPieceJson,
      truncation: { direction: 'Left', max_length: 4, strategy: 'LongestFirst', stride: 0 },
      padding: {
        strategy: { Fixed: 6 },
        direction: 'Left',
        pad_to_multiple_of: null,
        pad_id: 0,
        pad_type_id: 0,
      },
    });
    expect(said.truncation).toEqual({ maxLength: 4, side: 'left' });
    expect(said.padding).toEqual({ side: 'left', length: 6, multipleOf: 1, id: 0 });
    expect([...said.encode('We played.').ids]).toEqual([1, 7, 3, 5, 6, 2]);
    const { truncation, padding } = said;
    expect(rows(encodeBatch(said, ['We played.'], { truncation, padding }))).toEqual([[0, 0, 1, 5, 6, 2]]);
    expect(tokenizer.truncation).toBeUndefined();
    expect(tokenizer.padding).toBeUndefined();
  });
});

describe('decodeBatch', () => {
  test('with and without the mask', () => {
    const { ids, attentionMask } = encodeBatch(tokenizer, texts, { padding: { side: 'left', id: 0 } });
    expect(decodeBatch(tokenizer, ids, { skipSpecialTokens: true })).toEqual(['we played.', 'we', '']);
    expect(decodeBatch(tokenizer, ids, {}, attentionMask)).toEqual([
      '[CLS] we played. [SEP]',
      '[CLS] we [SEP]',
      '[CLS] [SEP]',
    ]);
    expect(() => decodeBatch(tokenizer, ids, {}, attentionMask.slice(1))).toThrow('attentionMask');
  });
});
