import { describe, expect, test } from 'vitest';
import type { ForwardOptions, RowTokens } from '../language-model/session';
import { checkForwardOptions, checkForwardRows } from './check-forward';

const size = { vocabSize: 10, contextLength: 4 };
const none = { allPositions: false, hiddenStates: false, attention: false };

describe('checkForwardOptions', () => {
  test.each<[string, ForwardOptions]>([
    ['allPositions', { logits: 'all' }],
    ['hiddenStates', { capture: { hiddenStates: true } }],
    ['attention', { capture: { attention: true } }],
    ['topLogits', { top: 1 }],
    ['gradients', { capture: { gradients: true } as never }],
    ['select', { capture: { select: true } as never }],
  ])('refuses %s where it is not offered, by name', (capability, options) => {
    const offers = { ...none, select: true };
    expect(() => checkForwardOptions(options, offers)).toThrow(
      expect.objectContaining({ code: 'unsupported-capability', details: { capability } }),
    );
  });

  test('accepts what is offered, and what is not wanted', () => {
    const all = { allPositions: true, hiddenStates: true, attention: true, topLogits: 5 };
    const capture = { hiddenStates: true, attention: true };
    for (const logits of ['last', 'all', 'none'] as const)
      checkForwardOptions({ logits, capture, top: 5 }, all);
    checkForwardOptions({}, none);
    checkForwardOptions({ capture: { hiddenStates: false, attention: false } }, none);
  });

  test.each([0, 6, 1.5, Number.NaN])('refuses %s of five largest logits', (top) => {
    expect(() => checkForwardOptions({ top }, { ...none, topLogits: 5 })).toThrow(
      'forward: top must be a whole number from 1 to 5',
    );
  });

  test('refuses an option that is none, by name', () => {
    expect(() => checkForwardOptions({ logit: 'all' } as never, none)).toThrow(
      expect.objectContaining({
        code: 'unsupported-option',
        details: expect.objectContaining({ option: 'logit' }),
      }),
    );
  });

  test('refuses another request', () => {
    expect(() => checkForwardOptions({ logits: 'first' as never }, none)).toThrow(
      "forward: logits must be 'last', 'all' or 'none', got \"first\"",
    );
  });
});

describe('checkForwardRows', () => {
  test('hands out copies of the ids', () => {
    const ids = [1, 2];
    const copies = checkForwardRows([ids, new Int32Array(0)], [2, 4], size);
    ids[0] = 9;
    expect(copies).toEqual([Int32Array.of(1, 2), Int32Array.of()]);
  });

  test.each([10, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the id %s and says where', (id) => {
    const shown = Number.isFinite(id) ? id : String(id);
    expect(() => checkForwardRows([[1], [2, id]], [0, 0], size)).toThrow(
      expect.objectContaining({
        code: 'invalid-token-id',
        details: { id: shown, row: 1, position: 1, vocabSize: 10 },
      }),
    );
  });

  test.each<[string, readonly RowTokens[], object]>([
    ['invalid-parameter', [[1]], { parameter: 'rows', value: 1 }],
    ['invalid-parameter', undefined as never, { parameter: 'rows' }],
    ['empty-prompt', [[], []], {}],
    ['context-overflow', [[1], [1, 2, 3]], { row: 1, length: 5, contextLength: 4 }],
  ])('refuses with %s', (code, rows, details) => {
    expect(() => checkForwardRows(rows, [0, 2], size)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining(details) }),
    );
  });

  test('the context can be filled to its end', () => {
    expect(checkForwardRows([[1, 2]], [2], size)).toHaveLength(1);
  });
});
