import { createPieceTokenizer } from '@nexttoken/generate/testing';
import type { LogitsProcessor } from '@nexttoken/model';
import { chain, logitBias, repetitionPenalty, temperature, topK, topP } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTokenTable } from './next-token-table';

const tokenizer = createPieceTokenizer([' a', 'b', '\n']);
const exp = Math.exp;
const row = (...values: number[]) => Float32Array.from(values);

describe('nextTokenTable', () => {
  test('ranks by logit, sums up the others', () => {
    const logits = row(1, 3, 0, 2, -Infinity);
    const sum = exp(1) + exp(3) + exp(0) + exp(2);
    const table = nextTokenTable(logits, tokenizer, { top: 2 });
    expect(table.rows).toEqual([
      { rank: 1, id: 1, token: 'b', text: 'b', logit: 3, probability: expect.closeTo(exp(3) / sum, 12) },
      {
        rank: 2,
        id: 3,
        token: '‹unused 3›',
        text: '',
        logit: 2,
        probability: expect.closeTo(exp(2) / sum, 12),
      },
    ]);
    expect(table.others).toEqual({ count: 3, probability: expect.closeTo((exp(1) + exp(0)) / sum, 12) });
    expect(table).not.toHaveProperty('stages');
    expect(table.vocabSize).toBe(5);
  });

  test('entropy in bits: two equal tokens have one, one token has none', () => {
    expect(nextTokenTable(row(2, 2, -Infinity)).entropy).toBeCloseTo(1, 12);
    expect(nextTokenTable(row(2, -Infinity)).entropy).toBe(0);
  });

  test('names the stage that removed a token; scores are those of the chain', () => {
    const logits = row(4, 3, 2, 1, 0);
    const table = nextTokenTable(logits, tokenizer, {
      processors: chain(temperature(2), topK(4), topP(0.7)),
    });
    expect(table.rows.map(({ score }) => score)).toEqual([2, 1.5, -Infinity, -Infinity, -Infinity]);
    expect(table.rows.map(({ removedBy }) => removedBy)).toEqual([
      undefined,
      undefined,
      'topP',
      'topP',
      'topK',
    ]);
    expect(table.rows[0]!.share).toBeCloseTo(exp(2) / (exp(2) + exp(1.5)), 12);
    expect(table.rows[2]!.share).toBe(0);
    expect(table.stages).toMatchObject([
      { name: 'temperature', kept: 5, removed: 0 },
      { name: 'topK', kept: 4, removed: 1 },
      { name: 'topP', kept: 2, removed: 2 },
    ]);
    expect([...logits]).toEqual([4, 3, 2, 1, 0]);
  });

  test('what the model itself rules out is removed by nobody', () => {
    const { rows, stages } = nextTokenTable(row(1, -Infinity, 0), undefined, { processors: topK(1) });
    expect(rows.map(({ id, removedBy }) => [id, removedBy])).toEqual([
      [0, undefined],
      [2, 'topK'],
    ]);
    expect(stages).toMatchObject([{ kept: 1, removed: 1 }]);
  });

  test('two stages of one type are told apart', () => {
    const { rows } = nextTokenTable(row(3, 2, 1), undefined, { processors: [topK(2), topK(1)] });
    expect(rows.map(({ removedBy }) => removedBy)).toEqual([undefined, 'topK (2)', 'topK']);
  });

  test('a token that a later stage brings back is not removed', () => {
    const revive: LogitsProcessor = {
      kind: 'processor',
      type: 'revive',
      parameters: {},
      process: (scores) => {
        scores.set(scores.map((score) => Math.max(score, -5)));
      },
    };
    const { rows } = nextTokenTable(row(3, 2, 1), undefined, { processors: [topK(1), revive] });
    expect(rows.map(({ removedBy }) => removedBy)).toEqual([undefined, undefined, undefined]);
  });

  test('processors see the context; ranks stay raw when scores are what is ordered', () => {
    const processors = [repetitionPenalty(4), logitBias([[2, 10]])];
    const { rows } = nextTokenTable(row(4, 3, 2), undefined, {
      processors,
      context: { ids: [0, 0], promptLength: 2 },
      orderBy: 'score',
      top: 2,
    });
    expect(rows.map(({ id, rank, score }) => [id, rank, score])).toEqual([
      [2, 3, 12],
      [1, 2, 3],
    ]);
  });

  test('a stateful processor has the state that the loop would have', () => {
    const states: unknown[] = [];
    const counting: LogitsProcessor<number> = {
      kind: 'processor',
      type: 'counting',
      parameters: {},
      initialState: () => 0,
      accept: (state, id) => state + id,
      process: (_, __, state) => void states.push(state),
    };
    nextTokenTable(row(1, 2), undefined, {
      processors: counting,
      context: { ids: [9, 9, 1, 2], promptLength: 2 },
    });
    expect(states).toEqual([3]);
  });

  test.each([
    ['invalid-scores', row(1, Number.NaN), {}, { index: 1 }],
    ['invalid-scores', row(Infinity), {}, { index: 0 }],
    ['no-candidates', row(-Infinity, -Infinity), {}, {}],
    ['invalid-parameter', row(), {}, { parameter: 'logits' }],
    ['unsupported-option', row(1), { topK: 4 }, { option: 'topK' }],
    ['invalid-parameter', row(1), { top: -1 }, { parameter: 'top' }],
    ['invalid-parameter', row(1), { orderBy: 'id' }, { parameter: 'orderBy' }],
    ['invalid-parameter', row(1), { processors: { kind: 'sampler' } }, { parameter: 'processors[0]' }],
    [
      'unsupported-capability',
      row(1),
      { processors: { ...topK(1), requires: { siblings: true } } },
      { processor: 'topK', capability: 'siblings' },
    ],
  ])('%s', (code, logits, options, details) => {
    expect(() => nextTokenTable(logits, undefined, options as never)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining(details) }),
    );
  });

  test('shares and probabilities are whole, removals add up, whatever the chain', () => {
    const logitRows = fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 40 });
    const stage = fc.oneof(
      fc.integer({ min: 1, max: 20 }).map((k) => topK(k)),
      fc.double({ min: 0.05, max: 1, noNaN: true }).map((p) => topP(p)),
      fc.double({ min: 0.2, max: 3, noNaN: true }).map((t) => temperature(t)),
    );
    fc.assert(
      fc.property(
        logitRows,
        fc.array(stage, { maxLength: 4 }),
        fc.nat({ max: 45 }),
        (values, processors, top) => {
          const logits = Float32Array.from(values);
          const { rows, others, stages } = nextTokenTable(logits, undefined, { processors, top });
          const total = (key: 'probability' | 'share') =>
            rows.reduce((sum, each) => sum + each[key]!, others[key]!);
          expect(total('probability')).toBeCloseTo(1, 9);
          expect(total('share')).toBeCloseTo(1, 9);
          expect(rows.length + others.count).toBe(logits.length);
          const removed = stages!.reduce((sum, each) => sum + each.removed, 0);
          expect(removed + (stages!.at(-1)?.kept ?? logits.length)).toBe(logits.length);
          const scores = logits.slice();
          chain(...processors).process(
            scores,
            { ids: [], promptLength: 0, row: 0, batchItem: 0 },
            processors.map(() => undefined),
          );
          for (const { id, score, removedBy } of rows) {
            expect(score).toBe(scores[id]);
            expect(removedBy !== undefined).toBe(scores[id] === -Infinity);
          }
        },
      ),
    );
  });
});
