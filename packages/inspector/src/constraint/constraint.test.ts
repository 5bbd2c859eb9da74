import { type ConstrainingProcessor, collect, type GenerateEvent, generate } from '@nexttoken/generate';
import { createPieceTokenizer, createTestModel, scriptedLogits } from '@nexttoken/generate/testing';
import { chain, topK } from '@nexttoken/sampling';
import { expect, test } from 'vitest';
import { nextTokenTable } from '../next-token/next-token-table';
import { renderConstraintTable } from '../render/render-constraint-table';
import { renderNextTokenTable } from '../render/render-next-token-table';
import { constraintTable } from './constraint-table';
import { constraintsOfRow } from './constraints-of-row';
import { rulesInForce } from './rules-in-force';

const tokenizer = createPieceTokenizer(['yes', 'no', '!', ' maybe', '<end>']);
const [yes, no, mark, maybe, end] = [0, 1, 2, 3, 4] as const;

/** `yes` or `no`, then `!`, then the end. */
function answer(): ConstrainingProcessor<number> {
  const allowed: readonly (readonly number[])[] = [[yes, no], [mark], [end], [end]];
  const rules = [[['answer'], ['answer', 'polite answer']], [['answer', 'mark']], [], []];
  return {
    kind: 'processor',
    type: 'answer',
    parameters: {},
    initialState: () => 0,
    accept: (state) => state + 1,
    process(scores, _context, state) {
      for (const id of scores.keys())
        if (!allowed[state]!.includes(id)) scores[id] = Number.NEGATIVE_INFINITY;
    },
    constraint: {
      endTokenIds: [end],
      isComplete: (state) => state > 1,
      forced: (state) => (state === 1 ? [mark, end] : []),
      describe: (state) => ({
        rules: rules[state]!,
        allowed: allowed[state]!.length,
        mayEnd: state > 1,
        isComplete: state > 1,
        forcedText: state === 1 ? '!' : '',
      }),
      allowedProbability(state, logits) {
        const shares = [...logits].map(Math.exp);
        const total = shares.reduce((sum, share) => sum + share, 0);
        return allowed[state]!.reduce((sum, id) => sum + shares[id]!, 0) / total;
      },
    },
  };
}

// `maybe` has half of the probability, `yes` a quarter, the others the rest.
const logits = Float32Array.from([4, 1, 1, 8, 2], Math.log);

test('a table of the next token says who cut, by which rule, and how hard', () => {
  const context = { ids: [maybe], promptLength: 1 };
  const table = nextTokenTable(logits, tokenizer, { processors: chain(answer(), topK(1)), context });
  expect(table.rows.map(({ id, removedBy }) => [id, removedBy])).toEqual([
    [maybe, 'answer'],
    [yes, undefined],
    [end, 'answer'],
    [no, 'topK'],
    [mark, 'answer'],
  ]);
  expect(table.constraints).toHaveLength(1);
  expect(table.constraints![0]).toMatchObject({ processor: 'answer', allowed: 2, mayEnd: false });
  expect(table.constraints![0]!.allowedProbability).toBeCloseTo(5 / 16, 6);
  expect(nextTokenTable(logits, tokenizer, { processors: topK(1) })).not.toHaveProperty('constraints');
  const shown = renderNextTokenTable(table).split('\n');
  expect(shown).toContain('answer: rule in force answer or polite answer');
  expect(shown).toContain('  allows 2 tokens; the model gave 31.2 % to what is allowed');
});

test('it stands where the ids behind the prompt led it', () => {
  const at = (ids: readonly number[]) => constraintsOfRow(logits, [answer()], { ids, promptLength: 1 })[0]!;
  expect(at([maybe, yes])).toMatchObject({ forcedText: '!', rules: [['answer', 'mark']] });
  expect(at([maybe, yes, mark])).toMatchObject({ isComplete: true, rules: [] });
  expect(constraintsOfRow(logits, [answer()])[0]).toMatchObject({ allowed: 2 });
  expect(constraintsOfRow(logits, topK(1))).toEqual([]);
});

test('a run: what was chosen, what had to follow, where it was forced hardest', async () => {
  for (const jumpForward of [true, false]) {
    const model = createTestModel({ vocabSize: 5, logitsAfter: scriptedLogits(5, 1, [maybe, yes, end]) });
    const events: GenerateEvent[] = [];
    const run = generate({
      model,
      tokenizer,
      prompt: [maybe],
      processors: answer(),
      endTokenIds: [end],
      maxNewTokens: 9,
      capture: { trace: true },
      jumpForward,
    });
    for await (const event of run) events.push(event);
    const table = constraintTable(events, tokenizer);
    expect(table.rows.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect([table.chosen, table.appended]).toEqual(jumpForward ? [1, 2] : [3, 0]);
    const sum = table.rows.reduce((bits, { forcing = 0 }) => bits + forcing, 0);
    expect(table.forcing).toBeCloseTo(sum, 12);
    const [first] = table.rows;
    expect(first!.forcing).toBeCloseTo(-Math.log2(first!.constraint!.allowedProbability), 12);
    const hardest = Math.max(...table.rows.map(({ forcing = 0 }) => forcing));
    expect(table.hardest!.forcing).toBe(hardest);
    const shown = renderConstraintTable(table);
    expect(shown).toContain('answer or polite answer');
    expect(shown).toContain(jumpForward ? '1 chosen, 2 had to follow' : '3 chosen, 0 had to follow');
    expect(shown).toContain(jumpForward ? 'has to follow' : 'mark');
    for (const line of renderConstraintTable(table, { width: 60 }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(80);
  }
  const plain = await collect(
    generate({
      model: createTestModel({ vocabSize: 5, logitsAfter: scriptedLogits(5, 1, [maybe, yes, end]) }),
      prompt: [maybe],
      maxNewTokens: 2,
      capture: { trace: true },
    }),
  );
  expect(constraintTable(plain.steps)).toEqual({ rows: [], chosen: 0, appended: 0, forcing: 0 });
});

test('the rules in force, in few words', () => {
  expect(rulesInForce([['#', '#/properties/age']])).toBe('#/properties/age');
  expect(rulesInForce([['a'], ['b', 'a'], ['c']])).toBe('a or c');
  expect(rulesInForce([['a'], ['b'], ['c'], ['d'], ['e']])).toBe('a or b or c or 2 more');
  expect(rulesInForce([])).toBe('the end');
});
