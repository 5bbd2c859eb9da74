import { readFileSync } from 'node:fs';
import { sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { createRandom } from '@nexttoken/numeric';
import { tokenizerFromJson } from '@nexttoken/tokenizers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choice } from '../processors/choice';
import type { GrammarProcessor } from '../processors/grammar-processor';
import { jsonSchema } from '../processors/json-schema';
import { regex } from '../processors/regex';
import { structuralTags } from '../processors/structural-tags';
import { byteTokenizer } from '../testing/byte-tokenizer';

type State = ReturnType<GrammarProcessor['initialState']>;

/** Whether a token can be read byte by byte, without any mask. */
function canAccept(processor: GrammarProcessor, state: State, id: number): boolean {
  try {
    processor.accept(state, id);
    return true;
  } catch {
    return false;
  }
}

/** Walks at random and compares each mask with what can be read, token by token. */
function compareMasks(
  processor: GrammarProcessor,
  ids: readonly number[],
  seed: number,
  steps: number,
): number {
  const random = createRandom(seed);
  let state = processor.initialState();
  let step = 0;
  for (; step < steps && !state.ended; step++) {
    const allowed = ids.filter((id) => processor.constraint.isAllowed(state, id));
    expect(allowed).toEqual(ids.filter((id) => canAccept(processor, state, id)));
    expect(processor.constraint.describe(state).allowed).toBe(allowed.length);
    if (allowed.length === 0) break;
    state = processor.accept(state, allowed[Math.floor(random.next() * allowed.length)]!);
  }
  return step;
}

/** Patterns, each with the characters that its vocabularies are made of. */
const patterns = [
  ['[^"]*', 'ab"é日\n'],
  ['[a-z]{0,5}', 'abZ'],
  ['[a-z ]{2,40}!?', 'ab !'],
  ['.{0,9}', 'ab é日\n'],
  ['[^]{0,300}', 'a😀é'],
  ['[^é]*', 'aéè日'],
  ['[é日a-c]{1,6}', 'abé日'],
  ['.*(ab|bZ|日a).*', 'abZ日'],
  ['(?!ab)[a-c]*', 'abcd'],
  ['(?!.*ab)[a-c é]*', 'abc é'],
  ['[A-Z][a-z]*( [A-Z][a-z]*)*', 'abZ '],
  ['aé(b|日0)*', 'aéb日0'],
  ['[^\\x00-\\x7f]+', 'aé日'],
  ['(é|è|日本)*', 'éè日本'],
  ['\\p{L}{1,7}', 'aZé日0'],
] as const;
const broken = fc.uint8Array({ minLength: 2, maxLength: 5 });

describe('a mask is what can be read, token by token', () => {
  test.each(patterns)('%s over %j', (pattern, characters) => {
    const piece = fc.string({ unit: fc.constantFrom(...characters), minLength: 2, maxLength: 5 });
    const one = fc.oneof({ weight: 9, arbitrary: piece }, broken);
    const vocabulary = fc.array(one, { minLength: 60, maxLength: 120 });
    fc.assert(
      fc.property(vocabulary, fc.nat(), (list, seed) => {
        const tokenizer = byteTokenizer(list);
        const ids = Array.from({ length: tokenizer.vocabSize }, (_, id) => id);
        compareMasks(regex(pattern, { tokenizer }), ids, seed, 8);
      }),
      { numRuns: 8 },
    );
  });

  test('tokens with the same bytes go together', () => {
    const tokenizer = byteTokenizer(['aa', 'aa', 'ab', 'ab', 'ac', 'aa']);
    const processor = choice(['aac', 'abc'], { tokenizer });
    const allowed = [97, 256, 257, 258, 259, 261];
    const ids = Array.from({ length: 262 }, (_, id) => id);
    expect(ids.filter((id) => processor.constraint.isAllowed(processor.initialState(), id))).toEqual(allowed);
  });

  test('also when more places were seen than are kept', () => {
    const tokenizer = byteTokenizer(['xx', 'xy', 'yx', 'xyxyx', 'yyyy', 'z', 'xz']);
    const processor = regex('(x|y)*x(x|y){14}', { tokenizer });
    const random = createRandom(5);
    const begin = processor.initialState();
    let state = begin;
    const kept: State[] = [begin];
    for (let step = 1; step <= 40_000; step++) {
      state = processor.accept(state, random.next() < 0.5 ? 'x'.charCodeAt(0) : 'y'.charCodeAt(0));
      if (step % 4000 !== 0) continue;
      kept.push(state);
      expect(processor.constraint.isAllowed(state, 259)).toBe(true);
    }
    const ids = Array.from({ length: tokenizer.vocabSize }, (_, id) => id);
    for (const old of kept) {
      const allowed = ids.filter((id) => processor.constraint.isAllowed(old, id));
      expect(allowed).toEqual(ids.filter((id) => canAccept(processor, old, id)));
    }
  });

  describeShared('over stored vocabularies', () => {
    const weather = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 30 },
        kind: { enum: ['größe', 'grün', 'green', 'a b'] },
        mail: { type: 'string', format: 'email' },
        notes: { type: 'string' },
      },
      additionalProperties: { type: 'string', pattern: '^[^é]{1,9}$' },
    };
    test.each(['smollm2', 'qwen2.5'])('%s', (name) => {
      const text = readFileSync(sharedPath(`data/tokenizers/${name}/tokenizer.json`), 'utf8');
      const tokenizer = tokenizerFromJson(JSON.parse(text));
      const options = { tokenizer, endTokenIds: [2] };
      const random = createRandom(1);
      // The end token, and some of all others.
      const ids = [2, ...Array.from({ length: 300 }, () => Math.floor(random.next() * tokenizer.vocabSize))];
      const own = [...new Set(ids)].filter((id) => id === 2 || !tokenizer.isSpecial(id));
      const processors = [
        jsonSchema(schema, options),
        structuralTags([{ begin: '<call>', schema: weather, end: '</call>' }], options),
        regex('.{0,40}(stop|halt)', options),
      ];
      for (const processor of processors) {
        let state = processor.initialState();
        for (let step = 0; step < 20 && !state.ended; step++) {
          const allowed = own.filter((id) => processor.constraint.isAllowed(state, id));
          expect(allowed).toEqual(own.filter((id) => canAccept(processor, state, id)));
          const [forced] = processor.constraint.forced(state, []);
          const id = forced ?? allowed[Math.floor(random.next() * allowed.length)];
          if (id === undefined) break;
          state = processor.accept(state, id);
        }
      }
    });
  });
});
