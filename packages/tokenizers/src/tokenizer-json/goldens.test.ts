import { type GoldenArray, goldenIds, readSharedJson } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { expect, test } from 'vitest';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';

interface Decodes {
  readonly name: string;
  readonly ids: GoldenArray;
  readonly tokens?: string[];
  readonly decode_skip_special: string | null;
  readonly decode_keep_special: string | null;
}

interface Case extends Decodes {
  readonly text: string;
  readonly ids_with_special: GoldenArray | 'same';
  readonly offsets: GoldenArray;
  readonly offsets_with_special?: GoldenArray;
}

interface Goldens {
  readonly vocab_size_with_added: number;
  readonly cases: Case[];
  readonly random_decodes: Decodes[];
}

/** Offsets in UTF-16 units as flat offsets in code points. */
function inCodePoints(text: string, offsets: readonly (readonly [number, number])[]): number[] {
  const point: number[] = [];
  let count = 0;
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit++) point.push(count);
    count += 1;
  }
  point.push(count);
  return offsets.flatMap(([start, end]) => [point[start]!, point[end]!]);
}

for (const name of sharedTokenizerNames)
  describeShared(`${name} as Rust tokenizers has it`, () => {
    const goldens = readSharedJson<Goldens>(`goldens/tokenizers/${name}.json`);
    const tokenizer = sharedTokenizer(name);

    test('vocabulary size', () => {
      expect(tokenizer.vocabSize).toBe(goldens.vocab_size_with_added);
    });

    test.each(goldens.cases)('$name: ids, tokens, offsets', (golden) => {
      const plain = tokenizer.encode(golden.text, { addSpecialTokens: false });
      expect([...plain.ids]).toEqual(goldenIds(golden.ids));
      if (golden.tokens) expect(plain.tokens).toEqual(golden.tokens);
      const full = tokenizer.encode(golden.text);
      const same = golden.ids_with_special === 'same';
      expect([...full.ids]).toEqual(goldenIds(same ? golden.ids : (golden.ids_with_special as GoldenArray)));
      expect(inCodePoints(golden.text, plain.offsets!)).toEqual(goldenIds(golden.offsets));
      if (golden.offsets_with_special) {
        expect(inCodePoints(golden.text, full.offsets!)).toEqual(goldenIds(golden.offsets_with_special));
      }
    });

    test.each(goldens.cases)('$name: decoded', (golden) => {
      const same = golden.ids_with_special === 'same';
      const ids = goldenIds(same ? golden.ids : (golden.ids_with_special as GoldenArray));
      expect(tokenizer.decode(ids)).toBe(golden.decode_keep_special ?? golden.text);
      expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe(
        golden.decode_skip_special ?? golden.text,
      );
    });

    test.each(goldens.random_decodes)('$name: random ids decoded', (golden) => {
      const ids = goldenIds(golden.ids);
      expect(tokenizer.decode(ids)).toBe(golden.decode_keep_special);
      expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe(golden.decode_skip_special);
      if (golden.tokens) expect(ids.map((id) => tokenizer.tokenOf(id))).toEqual(golden.tokens);
    });
  });
