import { describe, expect, it } from 'vitest';
import type { FlagName } from './flags';
import { parseArguments } from './parse-arguments';

const known: readonly FlagName[] = ['prompt', 'ids', 'temperature', 'top-k', 'stop', 'json'];
const parse = (...args: string[]) => parseArguments(args, known);
const refusal = (code: string, details: object) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('parseArguments', () => {
  it('reads flags and words', () => {
    const args = parse(
      'a word',
      '--prompt',
      'text',
      '--temperature=0.5',
      '--json',
      '--stop',
      'x',
      '--stop',
      'y',
    );
    expect(args.words).toEqual(['a word']);
    expect(args.text('prompt')).toBe('text');
    expect(args.number('temperature')).toBe(0.5);
    expect([args.has('json'), args.has('ids')]).toEqual([true, false]);
    expect(args.texts('stop')).toEqual(['x', 'y']);
    expect(args.number('top-k')).toBeUndefined();
  });

  it('takes what follows -- as words, and values that begin with a dash', () => {
    expect(parse('--', '--json').words).toEqual(['--json']);
    expect(parse('--prompt', '- item').text('prompt')).toBe('- item');
    expect(parse('--prompt=--json').text('prompt')).toBe('--json');
  });

  it.each([
    ['--temprature', '--temperature'],
    ['--topk', '--top-k'],
    ['--propmt', '--prompt'],
  ])('names the nearest flag for %s', (flag, near) => {
    expect(() => parse(flag, '1')).toThrowError(
      refusal('unsupported-option', { option: flag, nearest: near }),
    );
  });

  it('refuses a flag that is like none, and short ones', () => {
    expect(() => parse('--zzzzzzzzzz')).toThrowError(
      refusal('unsupported-option', { option: '--zzzzzzzzzz' }),
    );
    expect(() => parse('-p')).toThrowError(refusal('unsupported-option', { option: '-p' }));
  });

  it.each([[['--prompt']], [['--prompt', '--json']], [['--json=1']], [['--prompt', 'a', '--prompt', 'b']]])(
    'refuses %j',
    (args) => {
      expect(() => parse(...args)).toThrowError(
        refusal('invalid-parameter', { parameter: expect.stringMatching(/^--/) }),
      );
    },
  );

  it.each(['', 'one', '1.5.2', '0x10', 'NaN', 'Infinity', '1e999', '1 2'])(
    'refuses the number %j',
    (text) => {
      expect(() => parse(`--temperature=${text}`).number('temperature')).toThrowError(
        refusal('invalid-parameter', { parameter: '--temperature', value: text }),
      );
    },
  );

  it('checks ranges', () => {
    const number = (text: string, range: object) => parse(`--top-k=${text}`).number('top-k', range);
    expect(number('-2.5e1', {})).toBe(-25);
    expect(number('.5', { minimum: 0.5, maximum: 0.5 })).toBe(0.5);
    for (const [text, range] of [
      ['2.5', { integer: true }],
      ['9007199254740993', { integer: true }],
      ['-1', { minimum: 0 }],
      ['2', { maximum: 1 }],
      ['0', { above: 0 }],
    ] as const) {
      expect(() => number(text, range)).toThrowError(refusal('invalid-parameter', { parameter: '--top-k' }));
    }
  });

  it('reads token ids', () => {
    expect(parse('--ids', '1,403, 407 5').ids('ids')).toEqual([1, 403, 407, 5]);
    expect(parse('--ids', '').ids('ids')).toEqual([]);
    for (const text of ['1,a', '-1', '1.5']) {
      expect(() => parse(`--ids=${text}`).ids('ids')).toThrowError(
        refusal('invalid-parameter', { parameter: '--ids' }),
      );
    }
  });
});
