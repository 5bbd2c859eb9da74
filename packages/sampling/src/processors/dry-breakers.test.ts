import { hasShared, readSharedJson } from '@nexttoken/goldens';
import type { Tokenizer } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { readTestdata } from '../testing/llama-cpp-answers';
import { run } from '../testing/run-processor';
import { dry } from './dry';
import { dryBreakers } from './dry-breakers';

const encoder = new TextEncoder();

/** A tokenizer of these words (an empty one is an unused id) that encodes only the texts given. */
function tokenizerOf(
  words: readonly (Uint8Array | undefined)[],
  encodings: Readonly<Record<string, number[]>>,
) {
  const tokenizer: Pick<Tokenizer, 'vocabSize' | 'bytesOf' | 'encode'> = {
    vocabSize: words.length,
    bytesOf: (id) => words[id],
    encode(text, options) {
      expect(options).toEqual({ addSpecialTokens: false });
      const ids = encodings[text];
      if (ids === undefined) throw new Error(`not asked for: ${text}`);
      return { ids: Int32Array.from(ids), tokens: [] };
    },
  };
  return tokenizer as Tokenizer;
}

const words = (...texts: string[]) => texts.map((text) => encoder.encode(text));

describe('dryBreakers', () => {
  test('a token that holds the text is a breaker by itself', () => {
    const tokenizer = tokenizerOf(words('a', 'b:', ':', ':-)', 'c', ''), {});
    expect(dryBreakers(tokenizer, [':'])).toEqual([[1], [2], [3]]);
  });

  test('a token that ends with a beginning of it starts one', () => {
    const tokenizer = tokenizerOf(words('xE', 'E', 'EN', 'END', 'D', 'ND', 'N'), { ND: [5], D: [4] });
    expect(dryBreakers(tokenizer, ['END'])).toEqual([[0, 5], [1, 5], [2, 4], [3]]);
  });

  test('each sequence once; unused ids and texts between characters', () => {
    const tokenizer = tokenizerOf([undefined, ...words('a', 'é', 'aé')], { é: [2] });
    expect(dryBreakers(tokenizer, ['a', 'a', 'aé'])).toEqual([[1], [3], [1, 2]]);
  });

  test('a long rest is cut at 20 tokens', () => {
    const tail = 'x'.repeat(39);
    const encodings = Object.fromEntries(
      Array.from({ length: 39 }, (_, i) => [tail.slice(i), new Array<number>(39 - i).fill(0)]),
    );
    const [sequence] = dryBreakers(tokenizerOf(words('x', 'y'), encodings), [`y${tail}`]);
    expect(sequence).toEqual([1, ...new Array<number>(20).fill(0)]);
  });

  test.each([[''], ['x'.repeat(41)], [7 as never]])('refuses %j', (text) => {
    expect(() => dryBreakers(tokenizerOf(words('a'), {}), [text])).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});

const printable = (byte: number) => (byte > 32 && byte < 127) || (byte > 160 && byte < 173) || byte > 173;
const unprintable = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !printable(byte));

/** The bytes behind the characters that byte-level vocabularies are spelled with. */
const byteLevelBytes = (token: string): Uint8Array =>
  Uint8Array.from(token, (character) => {
    const code = character.codePointAt(0)!;
    return code < 256 ? code : unprintable[code - 256]!;
  });

interface DryTexts {
  readonly tails: Readonly<Record<string, number[]>>;
  readonly cases: readonly {
    readonly breakers: string[];
    readonly ids: number[];
    readonly penalties: Readonly<Record<string, number>>;
  }[];
}

describe.skipIf(!hasShared)("llama.cpp's breakers on a real vocabulary (smollm2)", () => {
  test('the same tokens lose the same', () => {
    const { tails, cases } = readTestdata<DryTexts>('llama-cpp-dry-text.json');
    const { model } = readSharedJson<{ model: { vocab: Record<string, number> } }>(
      'data/tokenizers/smollm2/tokenizer.json',
    );
    const bytes: Uint8Array[] = [];
    for (const [token, id] of Object.entries(model.vocab)) bytes[id] = byteLevelBytes(token);
    const tokenizer = tokenizerOf(bytes, tails);
    const known = new Map<string, number[][]>();
    for (const { breakers, ids, penalties } of cases) {
      const sequences = known.get(breakers.join()) ?? dryBreakers(tokenizer, breakers);
      known.set(breakers.join(), sequences);
      const row = run(dry(0.8, { lastTokens: 64, breakers: sequences }), new Float32Array(bytes.length), ids);
      const found = Array.from(row.entries()).filter(([, score]) => score !== 0);
      expect(Object.fromEntries(found.map(([id, score]) => [id, -score])), breakers.join()).toEqual(
        penalties,
      );
    }
    expect(cases.length).toBeGreaterThan(30);
  });
});
