import { expect, test } from 'vitest';
import { wordPieceJson } from '../testing/small-tokenizers';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import { vocabularyEntries } from './vocabulary-entries';

test('every token once, unused ids left out', () => {
  const added = { id: 10, content: '[MASK]', special: true };
  const tokenizer = tokenizerFromJson({
    ...wordPieceJson,
    added_tokens: [...wordPieceJson.added_tokens, added],
  });
  const entries = [...vocabularyEntries(tokenizer)];
  expect(entries.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 10]);
  expect(entries[4]).toEqual({
    id: 4,
    token: '##ing',
    bytes: new TextEncoder().encode('ing'),
    special: false,
  });
  expect(entries[8]).toMatchObject({ token: '[MASK]', special: true });
});
