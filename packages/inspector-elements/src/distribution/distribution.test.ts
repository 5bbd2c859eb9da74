import { createPieceTokenizer } from '@nexttoken/generate/testing';
import { nextTokenTable } from '@nexttoken/inspector';
import { chain, minP, repetitionPenalty, temperature, topK, topP } from '@nexttoken/sampling';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stageLabel } from '../sampling-settings/stage-controls';
import { captionOf } from './caption';
import { constraintSentence } from './constraint-note';
import { readRow, rowsOfIds } from './row-data';
import { scalesOf } from './scales';
import { searchTokens } from './token-search';

const pieces = [' the', ' Paris', ' paris', 'x', '\n', 'The', ' Rome'];
const tokenizer = createPieceTokenizer(pieces);
const context = { ids: [0, 1], promptLength: 1 };

test('rows of single ids are those of the whole table', () => {
  const logitRows = fc.array(fc.float({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 7 });
  const stage = fc.constantFrom(topK(3), topP(0.8), minP(0.2), temperature(0.6), repetitionPenalty(1.3));
  fc.assert(
    fc.property(
      logitRows,
      fc.option(fc.array(stage, { maxLength: 3 }), { nil: undefined }),
      (values, processors) => {
        const logits = Float32Array.from(values);
        const legal = logits.length > 1 ? context : { ids: [], promptLength: 0 };
        const { rows } = nextTokenTable(logits, tokenizer, {
          top: logits.length,
          processors,
          context: legal,
        });
        const own = rowsOfIds(
          { logits, tokenizer, processors, context: legal },
          rows.map(({ id }) => id),
        );
        own.forEach((row, index) => {
          const { text: _, ...expected } = rows[index]!;
          expect(row).toMatchObject(expected);
        });
      },
    ),
  );
});

test('scores behind each stage come with the rows', () => {
  const logits = Float32Array.of(4, 3, 2, 1, 0, -1, -2);
  const source = { logits, tokenizer, processors: chain(temperature(2), topK(2)), context };
  const { table, scores } = readRow(source, { top: 3, orderBy: 'logit', withScores: true });
  expect(table.rows.map(({ id }) => scores!.get(id))).toEqual([
    [2, 2],
    [1.5, 1.5],
    [1, -Infinity],
  ]);
  expect(readRow(source, { top: 3, orderBy: 'logit', withScores: false })).not.toHaveProperty('scores');
});

test('a search finds by text, spaces and case aside, and by id; the highest logit first', async () => {
  const logits = Float32Array.of(1, 5, 6, 0, 2, 3, 4);
  const find = (query: string, limit = 9) =>
    searchTokens(query, logits, tokenizer, limit, new AbortController().signal);
  expect(await find('paris')).toEqual([2, 1]);
  expect(await find(' the')).toEqual([0]);
  expect(await find('the')).toEqual([5, 0]);
  expect(await find('the', 1)).toEqual([5]);
  expect(await find('#3')).toEqual([3]);
  expect(await find('6')).toEqual([6]);
  expect(await find('99')).toEqual([]);
  expect(await find('')).toEqual([]);
  expect(await find('⏎')).toEqual([4]);
});

test('a search that was given up says so', async () => {
  const fresh = createPieceTokenizer(Array.from({ length: 60_000 }, (_, id) => `t${id}`));
  const stop = new AbortController();
  const search = searchTokens('t', new Float32Array(60_000), fresh, 5, stop.signal);
  stop.abort();
  await search.then(
    (found) => expect(found).toHaveLength(5),
    (error) => expect(error.name).toBe('AbortError'),
  );
});

test('axes hold every row, linear and logarithmic', () => {
  const { rows } = nextTokenTable(Float32Array.of(3, 2, 1, -Infinity), tokenizer, { top: 4 });
  const linear = scalesOf(rows, 'linear');
  expect(linear.logit(3)).toBe(1);
  expect(linear.logit(1)).toBe(0);
  expect(linear.logit(-Infinity)).toBe(0);
  expect(linear.logitEnds).toEqual(['1.0', '3.0']);
  expect(linear.shareEnds).toEqual(['0', '100 %']);
  expect(linear.share(0.5)).toBe(0.5);
  const logarithmic = scalesOf(rows, 'log');
  expect(logarithmic.share(1)).toBe(1);
  expect(logarithmic.share(1e-3)).toBeCloseTo(0.5, 10);
  expect(logarithmic.share(0)).toBe(0);
  expect(scalesOf([], 'linear').logitEnds).toEqual(['', '']);
});

test('the caption says who leads, over what, and who cut', () => {
  const table = nextTokenTable(Float32Array.of(3, 2, 1, 0), tokenizer, { processors: topK(2) });
  expect(captionOf('Next token', table, 'next', 1)).toBe(
    'Next token: ␣the leads with 73.1 %, 1.4 bits of raw entropy over 4 tokens. top-k left 2 of them. next: ␣Paris.',
  );
});

test('a grammar names itself, its rule, and how hard it forces', () => {
  const table = nextTokenTable(Float32Array.of(4, 3, 2, 1, 0, -1, -2), tokenizer, { top: 2 });
  const constraint = {
    processor: 'jsonSchema',
    rules: [['#', '#/properties/age']],
    allowed: 11,
    mayEnd: false,
    isComplete: false,
    forcedText: '',
    allowedProbability: 0.0312,
  };
  const withRule = { ...table, constraints: [constraint] };
  expect(captionOf('Next token', withRule, 'next', undefined)).toContain(
    'JSON schema, in #/properties/age, allows 11 tokens, which the model itself gave 3.1 %.',
  );
  const forced = { ...constraint, allowed: 1, forcedText: '", "', mayEnd: true, allowedProbability: 0.00001 };
  expect(constraintSentence(forced)).toBe(
    'JSON schema, in #/properties/age, allows 1 token, which the model itself gave < 0.1 %; the text may end here. The text has to go on with "\\", \\"".',
  );
  expect(stageLabel('jsonSchema')).toBe('JSON schema');
  expect(stageLabel('regex (2)')).toBe('regex (2)');
});
