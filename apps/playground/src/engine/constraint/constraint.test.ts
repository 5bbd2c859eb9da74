import { initialSettings, newStage } from '@nexttoken/inspector-elements/sampling-settings';
import { beforeAll, expect, test } from 'vitest';
import type { CallContext } from '../../remote/serve-calls';
import { engineHandlers } from '../engine';
import type { TokenFacts } from '../protocol';
import { type ConstraintSettings, isConstraint } from './constraint-settings';

const handlers = engineHandlers();
const model = 'tales';
let ids: readonly number[] = [];

function context<Event>(events: Event[] = []): CallContext<Event> {
  return { signal: new AbortController().signal, emit: (event) => void events.push(event) };
}

beforeAll(async () => {
  await handlers.open({ name: model }, context());
  ({ ids } = await handlers.encode({ model, text: 'Once upon a time' }, context()));
});

const position = (behind: readonly number[] = []) => ({
  model,
  ids: [...ids, ...behind],
  promptLength: ids.length,
});
const settingsOf = (constraint: ConstraintSettings) => ({
  ...initialSettings,
  stages: [newStage('temperature', { temperature: 1.5 })],
  constraint,
});
const schema = {
  type: 'object',
  properties: { animal: { enum: ['cat', 'dog'] }, legs: { type: 'integer', minimum: 0, maximum: 4 } },
  required: ['animal', 'legs'],
};

test.each<[ConstraintSettings, RegExp]>([
  [{ kind: 'json-schema', text: JSON.stringify(schema) }, /^\{"animal": "(cat|dog)", "legs": [0-4]\}$/],
  [{ kind: 'regex', text: ' (the|a) [a-z]{2,5}\\.' }, /^ (the|a) [a-z]{2,5}\.$/],
  [{ kind: 'choice', text: ' yes\n no\n' }, /^ (yes|no)$/],
  [{ kind: 'grammar', text: 'root ::= " a " ("cat" | "dog") "."' }, /^ a (cat|dog)\.$/],
])('what is written keeps to %j', async (constraint, expected) => {
  const events: TokenFacts[] = [];
  const settings = settingsOf(constraint);
  const request = { ...position(), settings, atMost: 40, to: 'end' } as const;
  expect(await handlers.generate(request, context(events))).toMatchObject({ ending: 'end-token' });
  const text = events.map(({ piece, special }) => (special ? '' : piece)).join('');
  expect(text).toMatch(expected);
});

test('a row says which rule is in force, what it cut, and how hard it forces; the panel keeps its own stages', async () => {
  const settings = settingsOf({ kind: 'json-schema', text: JSON.stringify(schema) });
  const { table, reading } = await handlers.shape({ ...position(), settings, top: 14 }, context());
  expect(table.constraints).toMatchObject([
    { processor: 'jsonSchema', rules: [['#']], forcedText: '{"animal": "' },
  ]);
  expect(table.constraints![0]!.allowedProbability).toBeLessThan(0.2);
  expect(table.rows[0]!.removedBy).toBe('jsonSchema');
  expect(reading.stages.map(({ type }) => type)).toEqual(['temperature']);
  const chosen = table.rows.find(({ id }) => id === reading.chosen.id)!;
  expect(chosen.removedBy).toBeUndefined();
  expect(chosen.share).toBeCloseTo(reading.chosen.share, 6);
});

test('whoever takes a token that was cut leaves the grammar', async () => {
  const settings = settingsOf({ kind: 'choice', text: ' yes\n no' });
  const [id] = (await handlers.shape({ ...position(), settings, top: 1 }, context())).table.rows.map(
    ({ id }) => id,
  );
  expect(await handlers.take({ ...position(), settings, id: id! }, context())).toMatchObject({ share: 0 });
  const { table } = await handlers.shape({ ...position([id!]), settings, top: 3 }, context());
  expect(table.rows.every(({ removedBy }) => removedBy === undefined)).toBe(true);
  expect(table.constraints![0]).toMatchObject({
    rules: [['no rule: the text left it']],
    allowedProbability: 1,
  });
});

test('what cannot be kept to is refused before it is used', async () => {
  const check = (constraint: ConstraintSettings) =>
    handlers.checkConstraint({ model, constraint }, context());
  expect(await check({ kind: 'regex', text: 'a+' })).toBeUndefined();
  await expect(check({ kind: 'regex', text: '(' })).rejects.toMatchObject({ code: 'invalid-grammar' });
  await expect(check({ kind: 'json-schema', text: '{' })).rejects.toMatchObject({
    code: 'unsupported-schema',
  });
  await expect(check({ kind: 'json-schema', text: '{"not": {}}' })).rejects.toMatchObject({
    code: 'unsupported-schema',
  });
  await expect(check({ kind: 'choice', text: '' })).rejects.toMatchObject({ code: 'invalid-parameter' });
  expect(isConstraint({ kind: 'regex', text: 'a' })).toBe(true);
  for (const wrong of [undefined, {}, { kind: 'x', text: '' }, { kind: 'regex' }])
    expect(isConstraint(wrong)).toBe(false);
});
