import { NextTokenError } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { checkEqual } from './check';
import { checkLogits } from './check-logits';
import { checkRejects } from './check-rejects';
import { compareRow } from './compare-row';

const full = { vocabSize: 3, capabilities: { logits: 'full' } } as Parameters<typeof checkLogits>[2];
const top = { vocabSize: 3, capabilities: { logits: { top: 2 } } } as Parameters<typeof checkLogits>[2];
const row = (...values: number[]) => Float32Array.from(values);
const none = Number.NEGATIVE_INFINITY;

describe('compareRow', () => {
  const compare = (actual: number[], expected: number[], model = full) =>
    compareRow(row(...actual), row(...expected), { tolerance: 0.25, model, what: 'row 1' });

  test('within the tolerance passes, beyond it says where and how far', () => {
    expect(() => compare([1, 2, 3], [1.25, 2, 2.75])).not.toThrow();
    expect(() => compare([1, 2, 3], [1.5, 2, 2])).toThrow(
      'row 1: 2 of 3 logits differ by more than 0.25; the largest difference is 1.00 at id 2: expected 2, got 3',
    );
  });

  test('NaN, another width and an unexpected -Infinity differ', () => {
    expect(() => compare([1, Number.NaN, 3], [1, 2, 3])).toThrow('at id 1');
    expect(() => compare([1, 2], [1, 2, 3])).toThrow('3 logits expected, got 2');
    expect(() => compare([none, 2, 3], [1, 2, 3])).toThrow('Infinity at id 0');
  });

  test('top: an id may be known on one side only near the least known one', () => {
    expect(() => compare([5, 2, none], [5, none, 2.125], top)).not.toThrow();
    expect(() => compare([5, 2, none], [5, none, 3], top)).toThrow('at id 2');
  });
});

describe('checkLogits', () => {
  const logits = (data: unknown, positions = 1, vocabSize = 3) => ({ data, positions, vocabSize }) as never;
  test('a good one is returned', () => {
    expect(checkLogits(logits(row(1, 2, 3, 4, 5, 6), 2), 2, full, 'x')).toHaveLength(6);
    expect(checkLogits(logits(row(1, none, 3)), 1, top, 'x')).toHaveLength(3);
  });

  test.each([
    [null, full, 'x: expected logits, got null'],
    [logits([1, 2, 3]), full, 'must be a Float32Array, got [object Array]'],
    [logits(row(1, 2, 3), 1, 4), full, "vocabSize is 4, the model's is 3"],
    [logits(row(1, 2, 3), 2), full, 'expected logits of 1 position(s), got positions 2'],
    [logits(row(1, 2)), full, 'must hold 1 x 3 values, got 2'],
    [logits(row(1, Number.NaN, 3)), full, 'position 0: the logit of id 1 is NaN'],
    [logits(row(1, 2, none)), full, 'the logit of id 2 is -Infinity'],
    [logits(row(1, 2, 3)), top, '3 logits are known, the model declares top 2'],
    [logits(row(none, none, none)), top, 'every logit is -Infinity'],
  ])('case %#: a bad one is named', (bad, model, message) => {
    expect(() => checkLogits(bad, 1, model, 'x')).toThrow(message);
  });
});

describe('checkRejects', () => {
  const busy = new NextTokenError('session-busy', 'later', { running: 'forward' });
  test('the right code passes and is returned', async () => {
    await expect(checkRejects(() => Promise.reject(busy), 'session-busy', 'x', ['running'])).resolves.toBe(
      busy,
    );
  });

  test.each<[() => Promise<unknown>, string]>([
    [async () => 1, 'expected an error, but the call succeeded'],
    [() => Promise.reject(new Error('plain')), 'expected a NextTokenError disposed, got Error: plain'],
    [() => Promise.reject(busy), 'expected code disposed, got session-busy (later)'],
    [() => Promise.reject(new NextTokenError('disposed', 'x')), "the details of disposed lack 'id'"],
    [
      () => {
        throw busy;
      },
      'threw before returning a promise',
    ],
  ])('case %#: anything else fails', async (call, message) => {
    await expect(checkRejects(call, 'disposed', 'x', ['id'])).rejects.toThrow(message);
  });
});

test('checkEqual names both', () => {
  expect(() => checkEqual([1], [2], 'lengths')).toThrow('lengths: expected [2], got [1]');
});
