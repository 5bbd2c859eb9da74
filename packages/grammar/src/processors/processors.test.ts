import { readFileSync } from 'node:fs';
import { sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { NextTokenError } from '@nexttoken/model';
import {
  characterTokenizer,
  characterVocabulary,
  tokenizerFromJson,
  wordTokenizer,
  wordVocabulary,
} from '@nexttoken/tokenizers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedIds, allows } from '../testing/allows';
import { byteTokenizer } from '../testing/byte-tokenizer';
import { choice } from './choice';
import { grammar } from './grammar';
import { json } from './json';
import { regex } from './regex';
import { structuralTags } from './structural-tags';

const tokenizer = byteTokenizer(['ab', 'abc', 'yes', '<end']);
const options = { tokenizer };
const context = { ids: [], promptLength: 0, row: 0, batchItem: 0 };

function errorOf(work: () => unknown): NextTokenError {
  try {
    work();
  } catch (error) {
    if (NextTokenError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the mask', () => {
  test('leaves what fits, whole tokens, ends only where the text may end; kept scores keep their bits', () => {
    const processor = choice(['ab', 'abcd'], options);
    const [a, ab, abc] = ['a', 'ab', 'abc'].map((text) => tokenizer.encode(text).ids[0]!) as [
      number,
      number,
      number,
    ];
    const scores = Float32Array.from({ length: tokenizer.vocabSize + 40 }, (_, id) => id / 7 - 3);
    const before = scores.slice();
    processor.process(scores, context, processor.initialState());
    const left = [...scores.keys()].filter((id) => scores[id] !== Number.NEGATIVE_INFINITY);
    expect(left).toEqual([a, ab, abc]);
    for (const id of left) expect(scores[id]).toBe(before[id]);
    const behind = processor.accept(processor.initialState(), ab);
    expect(allowedIds(processor, behind)).toEqual(['c'.charCodeAt(0), tokenizer.end]);
    const ended = processor.accept(behind, tokenizer.end);
    expect(allowedIds(processor, ended)).toEqual([tokenizer.end]);
    expect(processor.accept(ended, tokenizer.end)).toBe(ended);
  });

  test('what the grammar does not allow cannot be accepted', () => {
    const processor = choice(['ab'], options);
    const start = processor.initialState();
    for (const id of ['b'.charCodeAt(0), tokenizer.end, 9999]) {
      expect(errorOf(() => processor.accept(start, id))).toMatchObject({
        code: 'grammar-violated',
        details: { id },
      });
    }
  });

  test('a special token is never text, an unused id never anything', () => {
    const any = regex('[^]*', options);
    expect(allows(any, '<end', tokenizer)).toBe(true);
    expect(any.constraint.isAllowed(any.initialState(), tokenizer.end)).toBe(true);
    expect(errorOf(() => choice(['x'], { tokenizer, endTokenIds: [-1] })).code).toBe('invalid-parameter');
  });

  test('broken UTF-8 is no character', () => {
    const one = regex('[^]', options);
    for (const bytes of [[0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0xc0, 0x80], [0xff]]) {
      const reads = bytes.reduce<ReturnType<typeof one.initialState> | undefined>(
        (state, byte) =>
          state && one.constraint.isAllowed(state, byte) ? one.accept(state, byte) : undefined,
        one.initialState(),
      );
      expect(reads).toBeUndefined();
    }
    for (const text of ['ß', '日', '\u{10ffff}', '\uffff', '\0'])
      expect(allows(one, text, tokenizer)).toBe(true);
  });
});

describe('regex', () => {
  const patterns = [
    '[a-c]+',
    'a{2,4}b?',
    '(?:ab|c)*',
    '(?=.*b)[abc]{1,4}',
    '(?!ab)\\w*',
    '[^a]?.',
    '\\d+(?:\\.\\d{2})?',
    'a|b|',
    '(a+)+',
    '\\p{Lu}x',
  ];
  test.each(patterns)('%s matches what RegExp matches', (pattern) => {
    const processor = regex(pattern, options);
    const whole = new RegExp(`^(?:${pattern})$`, 'u');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', 'É', '\n', 'x'), maxLength: 6 }),
        (text) => {
          expect(allows(processor, text, tokenizer)).toBe(whole.test(text));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('catastrophic ones are as quick as others', () => {
    const processor = regex('(a+)+b|(a|aa)*c|([a-z]+)*d', options);
    expect(allows(processor, `${'a'.repeat(5000)}c`, tokenizer)).toBe(true);
    expect(allows(regex('(x|y)*x(x|y){20}', options), `${'xy'.repeat(20)}x`, tokenizer)).toBe(true);
    expect(allows(regex('a{1,100000}', options), 'a'.repeat(300), tokenizer)).toBe(true);
  });

  test.each([['(?<=a)b'], ['(a)\\1'], ['\\bx'], ['a^b'], ['('], ['(^a|b)c']])('%s is refused', (pattern) => {
    expect(errorOf(() => regex(pattern, options))).toMatchObject({
      code: 'invalid-grammar',
      details: { pattern },
    });
  });

  test('what can be refused at once is', () => {
    expect(errorOf(() => regex('[^\\s\\S]', options)).code).toBe('empty-grammar');
    expect(errorOf(() => choice(['x'.repeat(500_000)], options)).code).toBe('grammar-too-large');
    expect(regex('a{1,9999}b{1,9999}c{1000000000}', options).type).toBe('regex');
    expect(errorOf(() => regex(/a/i, options)).code).toBe('invalid-parameter');
    expect(errorOf(() => regex('a', { ...options, layout: 'x' } as never)).code).toBe('unsupported-option');
    expect(errorOf(() => regex('a', {} as never)).code).toBe('invalid-parameter');
  });
});

describe('grammar', () => {
  // The arithmetic of llama.cpp's documentation, in our words.
  const arithmetic = `# sums
root   ::= (expr "=" ws term "\\n")+
expr   ::= term ([-+*/] term)*
term   ::= ident | num |
           "(" ws expr ")" ws
ident  ::= [a-z] [a-z0-9_]* ws
num    ::= [0-9]+ ws
ws     ::= [ \\t\\n]*`;

  test.each([
    ['x+(1 *y2)= 3\n', true],
    ['x+= 3\n', false],
    ['(((a)))=b\n1=2\n', true],
    ['a=b', false],
  ])('%j: %s', (text, expected) => {
    expect(allows(grammar(arithmetic, options), text, tokenizer)).toBe(expected);
  });

  test('repetitions, escapes, classes, other roots', () => {
    const text = 'start ::= "\\x41\\u00e9\\"" [^\\]a-]{2} .? other{,2}\nother ::= \'"\'';
    const processor = grammar(text, { ...options, root: 'start' });
    expect(allows(processor, 'Aé"bc', tokenizer)).toBe(true);
    expect(allows(processor, 'Aé"bc日""', tokenizer)).toBe(true);
    expect(allows(processor, 'Aé"b-', tokenizer)).toBe(false);
    expect(allows(processor, 'Aé"bcd"""', tokenizer)).toBe(false);
    expect(processor.parameters).toEqual({ text, root: 'start' });
  });

  test.each([
    ['root ::= "a"\nroot ::= "b"', 'invalid-grammar', 2],
    ['root ::= other\n', 'invalid-grammar', 1],
    ['root ::= "a"\n\nx ::= "open', 'invalid-grammar', 3],
    ['root ::= <think> "a"', 'invalid-grammar', 1],
    ['root ::= "a" (="b")', 'invalid-grammar', 1],
    ['root ::= [z-a]', 'invalid-grammar', 1],
    ['root ::= "a"{3,1}', 'invalid-grammar', 1],
    ['root ::= ("a"\nx ::= "b"', 'invalid-grammar', 2],
    ['root = "a"', 'invalid-grammar', 1],
    ['other ::= "a"', 'invalid-grammar', 1],
    ['root ::= "\\q"', 'invalid-grammar', 1],
    ['root ::= "\\ud800"', 'invalid-grammar', 1],
    ['root ::= root "a" | "a"', 'invalid-grammar', undefined],
    ['root ::= ("x"? root)', 'empty-grammar', undefined],
    ['root ::= "a" root', 'empty-grammar', undefined],
  ])('%j → %s, line %s', (text, code, line) => {
    const error = errorOf(() => grammar(text, options));
    expect([error.code, error.details.line]).toEqual([code, line]);
  });

  test('deep recursion needs no deep stack', () => {
    const nested = grammar('root ::= "(" root ")" | "x"', options);
    expect(allows(nested, `${'('.repeat(3000)}x${')'.repeat(3000)}`, tokenizer)).toBe(true);
    const right = grammar('root ::= "a" root | "."', options);
    expect(allows(right, `${'a'.repeat(20_000)}.`, tokenizer)).toBe(true);
  });
});

describe('structuralTags', () => {
  const weather = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const tags = [
    { begin: '<call=weather>', schema: weather, end: '</call>' },
    { begin: '<call=time>', schema: { type: 'object', properties: {} }, end: '</call>' },
  ];
  const call = '<call=weather>{"city": "Rome"}</call>';
  test.each([
    [{}, 'no call at all', true],
    [{}, `let me see ${call} and <call=time>{}</call>.`, true],
    [{}, 'a < b <cal <call', true],
    [{ triggers: ['<call='] }, 'a <call=none>', false],
    [{}, '<call=weather>{"town": "Rome"}</call>', false],
    [{ triggers: ['<call='] }, `x ${call} y`, true],
    [{ atLeastOne: true }, 'no call', false],
    [{ atLeastOne: true }, call, true],
    [{ atLeastOne: true, stopAfterFirst: true }, `${call} more`, false],
    [{ stopAfterFirst: true }, `see ${call}`, true],
    [{ stopAfterFirst: true }, `see ${call} more`, false],
  ])('%j: %j %s', (more, text, expected) => {
    expect(allows(structuralTags(tags, { ...options, ...more }), text, tokenizer)).toBe(expected);
  });

  test('the rule in force names the tag; what cannot be is refused', () => {
    const processor = structuralTags(tags, options);
    const state = [...'x<call=weather>{"city": "R'].reduce(
      (at, character) => processor.accept(at, character.charCodeAt(0)),
      processor.initialState(),
    );
    expect(processor.constraint.describe(state).rules[0]!.at(-1)).toBe('tag 0 #/properties/city');
    for (const wrong of [[], [{ begin: 'x', schema: true }], [{ begin: '', schema: true, end: '' }]]) {
      expect(errorOf(() => structuralTags(wrong as never, options)).code).toMatch(
        /invalid-parameter|unsupported-option/,
      );
    }
    expect(errorOf(() => structuralTags(tags, { ...options, triggers: ['<other'] })).code).toBe(
      'invalid-parameter',
    );
  });
});

describe('vocabularies of every kind', () => {
  test('characters: what the vocabulary lacks is an error, at once or where it is needed', () => {
    const characters = characterTokenizer(characterVocabulary({ alphabet: 'abcdefnorstuy{}": ,' }));
    expect(allows(json({ tokenizer: characters }), '{"a": true}', characters)).toBe(true);
    expect(errorOf(() => choice(['ZZ'], { tokenizer: characters })).code).toBe('grammar-stuck');
    const late = choice(['aZ'], { tokenizer: characters });
    const behind = late.accept(late.initialState(), characters.encode('a').ids[0]!);
    expect(errorOf(() => late.process(new Float32Array(30), context, behind))).toMatchObject({
      code: 'grammar-stuck',
    });
  });

  test('words: the space between them is theirs', () => {
    const words = wordTokenizer(wordVocabulary(['the cat sat', 'a dog ran']));
    const processor = choice(['the dog', 'a cat'], { tokenizer: words });
    expect(allows(processor, 'the dog', words)).toBe(true);
    expect(allows(processor, 'the cat', words)).toBe(false);
  });

  test('holes: ids without a token are no tokens', () => {
    const holes = new Set([97, 256, 30]);
    const holed = {
      ...tokenizer,
      tokenOf: (id: number) => (holes.has(id) ? undefined : tokenizer.tokenOf(id)),
      bytesOf: (id: number) => (holes.has(id) ? undefined : tokenizer.bytesOf(id)),
    };
    const processor = choice(['abc'], { tokenizer: holed });
    expect(allowedIds(processor)).toEqual([257]);
    expect(errorOf(() => processor.accept(processor.initialState(), 97)).code).toBe('grammar-violated');
    expect(errorOf(() => choice(['a'], { tokenizer: holed })).code).toBe('grammar-stuck');
  });

  test('no end token: the text is complete by itself', () => {
    const processor = choice(['ab'], { tokenizer, endTokenIds: [] });
    const behind = processor.accept(processor.initialState(), 256);
    expect(processor.constraint.isComplete(behind)).toBe(true);
    expect(errorOf(() => processor.process(new Float32Array(300), context, behind)).code).toBe(
      'grammar-stuck',
    );
  });

  describeShared('stored ones', () => {
    test.each(['smollm2', 'mistral-7b-v0.1', 'gpt2', 'qwen2.5'])('%s', (name) => {
      const text = readFileSync(sharedPath(`data/tokenizers/${name}/tokenizer.json`), 'utf8');
      const stored = tokenizerFromJson(JSON.parse(text));
      const processor = json({ tokenizer: stored, endTokenIds: [2] });
      const value = '{"größe": [1.5, "日本 \\n", null], "x": {"y": "naïve café"}}';
      let state = processor.initialState();
      // Metaspace puts a space before a text: that one is no JSON here.
      const ids = [...stored.encode(`x${value}`, { addSpecialTokens: false }).ids];
      const at = ids.findIndex((_, index) => stored.decode(ids.slice(0, index + 1)).endsWith('x'));
      for (const id of ids.slice(at + 1)) state = processor.accept(state, id);
      expect(processor.constraint.isComplete(state)).toBe(true);
    });
  });
});
