import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partialJson } from './partial-json';

describe('what the beginning of a JSON text stands for', () => {
  test.each([
    ['', undefined],
    ['  ', undefined],
    ['{', {}],
    ['{"na', {}],
    ['{"name"', {}],
    ['{"name": ', {}],
    ['{"name": "A', { name: 'A' }],
    ['{"name": "A\\', { name: 'A' }],
    ['{"name": "A\\u00', { name: 'A' }],
    ['{"name": "A\\u00e9', { name: 'Aé' }],
    ['{"name": "A", "n": 1', { name: 'A' }],
    ['{"name": "A", "n": 1,', { name: 'A', n: 1 }],
    ['{"a": [1, {"b": tr', { a: [1, {}] }],
    ['{"a": [1, {"b": true', { a: [1, { b: true }] }],
    ['{"a": [1, {"b": true}', { a: [1, { b: true }] }],
    ['[[], [1', [[], []]],
    ['[null', [null]],
    ['"a \\"q', 'a "q'],
    ['{"a": "}", "b": {"c": "]', { a: '}', b: { c: ']' } }],
    ['12', undefined],
    ['true', true],
  ])('%j', (text, expected) => {
    expect(partialJson(text)).toEqual(expected);
  });

  test('never throws on the way, is the value at the end, and only grows', () => {
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), (value) => {
        const text = JSON.stringify(value, null, 1);
        let length = 0;
        for (let end = 0; end <= text.length; end++) {
          const partial = partialJson(text.slice(0, end));
          const size = partial === undefined ? 0 : JSON.stringify(partial).length;
          expect(size).toBeGreaterThanOrEqual(length);
          length = size;
        }
        expect(partialJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
