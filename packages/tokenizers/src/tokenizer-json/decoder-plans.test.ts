import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStreamDecoder } from '../decoding/create-stream-decoder';
import { decoderPlans } from './decoder-plans';
import { readJson } from './read-json';

const part = (config: object) => readJson(config, 'tokenizer.json', 'invalid-file', 'decoder');

/** The tokens decoded one by one, as a stream does. */
function decode(config: object | undefined, tokens: readonly string[]): string {
  const vocabulary = {
    requireToken: (id: number) => tokens[id]!,
    isSpecial: () => false,
    plans: decoderPlans(config && part(config)),
    cleanUpSpaces: false,
  };
  const decoder = createStreamDecoder(vocabulary);
  return tokens.map((_, id) => decoder.push(id)).join('') + decoder.flush();
}

const sequence = (...decoders: object[]) => ({ type: 'Sequence', decoders });
const string = (pattern: string, content: string) => ({
  type: 'Replace',
  pattern: { String: pattern },
  content,
});
const fuse = { type: 'Fuse' };

describe('decoders as the Rust library documents them', () => {
  test.each([
    ['none', undefined, ['a', 'b'], 'a b'],
    ['BPEDecoder', { type: 'BPEDecoder', suffix: '</w>' }, ['he', 'y</w>', 'you</w>'], 'hey you'],
    ['WordPiece', { type: 'WordPiece', cleanup: false }, ['we', 'play', '##ed', '.'], 'we played .'],
    ['WordPiece with cleanup', { type: 'WordPiece' }, ['we', 'do', "n't", '.'], "we don't."],
    ['Metaspace', { type: 'Metaspace' }, ['▁▁a', '▁b', 'c▁'], 'a bc '],
    ['Metaspace, nothing prepended', { type: 'Metaspace', prepend_scheme: 'never' }, ['▁a', '▁b'], ' a b'],
    ['Strip of each token', { type: 'Strip', content: '_', start: 1, stop: 2 }, ['__a__', '_', 'b_'], '_ab'],
    [
      'Strip of the text',
      sequence(fuse, { type: 'Strip', content: ' ', start: 2, stop: 1 }),
      [' ', '  a', ' '],
      ' a',
    ],
    ['Replace in each token', string('ab', 'x'), ['ab', 'a', 'b'], 'xab'],
    ['Replace in the text', sequence(fuse, string('ab', 'x')), ['ab', 'a', 'b', 'a'], 'xxa'],
    [
      'Replace by pattern',
      { type: 'Replace', pattern: { Regex: '[0-9]+' }, content: '#' },
      ['a12', '3b'],
      'a##b',
    ],
    ['ByteFallback, whole', { type: 'ByteFallback' }, ['<0xE4>', '<0xBD>', '<0xA0>', '!', '<0x0A>'], '你!\n'],
    [
      'ByteFallback, broken',
      { type: 'ByteFallback' },
      ['<0x41>', '<0xE4>', '<0xBD>', 'x', '<0x41>'],
      '\uFFFD\uFFFD\uFFFDxA',
    ],
    ['ByteFallback, broken early', { type: 'ByteFallback' }, ['<0xFF>', '<0x41>', 'x'], '\uFFFD\uFFFDx'],
    ['ByteLevel', { type: 'ByteLevel' }, ['Ġa', 'ä½', 'ł', '<｜x｜>'], ' a你<｜x｜>'],
  ])('%s', (_, config, tokens, text) => {
    expect(decode(config, tokens)).toBe(text);
  });

  test.each([
    ['CTC', { type: 'CTC' }],
    ['bytes behind a fused text', sequence(fuse, { type: 'ByteFallback' })],
    ['an empty pattern', string('', 'x')],
    ['a decoder without a type', {}],
  ])('refuses %s', (_, config) => {
    expect(() => decode(config, [])).toThrow(expect.objectContaining({ code: 'invalid-file' }));
  });

  test('replacing and stripping in a stream are those of the whole text', () => {
    const parts = fc.array(fc.stringMatching(/^[ab ]{0,4}$/), { maxLength: 8 });
    const property = fc.property(
      parts,
      fc.constantFrom('aab', 'aba', 'aa', ' '),
      fc.nat(3),
      (tokens, pattern, stop) => {
        const text = tokens.join('');
        expect(decode(sequence(fuse, string(pattern, 'X')), tokens)).toBe(text.replaceAll(pattern, 'X'));
        const strip = { type: 'Strip', content: ' ', start: 0, stop };
        expect(decode(sequence(fuse, strip), tokens)).toBe(text.replace(new RegExp(` {0,${stop}}$`), ''));
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });
});
