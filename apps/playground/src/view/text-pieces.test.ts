import type { StreamDecoder, Tokenizer } from '@nexttoken/model';
import { expect, test } from 'vitest';
import type { TakenToken, TextState } from '../state/text-state';
import { TextPieces } from './text-pieces';

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

const promptIds = [72];
const take = (id: number) => ({ id }) as TakenToken;
const textOf = (taken: readonly TakenToken[]): TextState => ({ prompt: 'H', promptIds, taken });

test('pieces are what each token makes certain: nothing within a character, all of it at its end', () => {
  const pieces = new TextPieces(byteTokenizer().tokenizer);
  expect(pieces.of(textOf([take(105), take(0xc3), take(0xa9)]))).toEqual(['i', '', 'é']);
});

test('going on decodes only what is new; another branch begins anew', () => {
  const { tokenizer, pushed } = byteTokenizer();
  const pieces = new TextPieces(tokenizer);
  const first = [take(97), take(98)];
  pieces.of(textOf(first));
  const before = pushed();
  expect(pieces.of(textOf([...first, take(99)]))).toEqual(['a', 'b', 'c']);
  expect(pushed() - before).toBe(1);
  expect(pieces.of(textOf([first[0]!, take(0xc3)]))).toEqual(['a', '']);
  expect(pieces.of(textOf([first[0]!, take(100)]))).toEqual(['a', 'd']);
});
