import type { StreamDecoder, Tokenizer } from '@nexttoken/model';
import { expect, test } from 'vitest';
import { Pieces } from './pieces';

/** Ids are bytes of UTF-8; counts what it decodes. */
function byteTokenizer() {
  let pushed = 0;
  const createStreamDecoder = (): StreamDecoder => {
    const decoder = new TextDecoder();
    return {
      push: (id) => {
        pushed++;
        return decoder.decode(Uint8Array.of(id), { stream: true });
      },
      flush: () => decoder.decode(),
    };
  };
  return { tokenizer: { createStreamDecoder } as Tokenizer, pushed: () => pushed };
}

test('pieces are what each token makes certain: nothing within a character, all of it at its end', () => {
  const pieces = new Pieces(byteTokenizer().tokenizer);
  expect(pieces.of([72, 105, 0xc3, 0xa9], 1)).toEqual(['i', '', 'é']);
});

test('going on decodes only what is new; another branch, prompt or prompt length begins anew', () => {
  const { tokenizer, pushed } = byteTokenizer();
  const pieces = new Pieces(tokenizer);
  pieces.of([72, 97, 98], 1);
  const before = pushed();
  expect(pieces.of([72, 97, 98, 99], 1)).toEqual(['a', 'b', 'c']);
  expect(pushed() - before).toBe(1);
  expect(pieces.of([72, 97, 0xc3], 1)).toEqual(['a', '']);
  expect(pieces.of([72, 97, 100], 1)).toEqual(['a', 'd']);
  expect(pieces.of([72, 97, 100], 2)).toEqual(['d']);
  expect(pieces.of([72], 1)).toEqual([]);
});
