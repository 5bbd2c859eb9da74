import {
  initialSettings,
  inOrder,
  newStage,
  strategies,
} from '@nexttoken/inspector-elements/sampling-settings';
import { expect, test } from 'vitest';
import { asCode, asCommand, type CopiedRun } from './copy-as';

const run: CopiedRun = { model: 'tales', prompt: "it's", settings: initialSettings, maxNewTokens: 5 };
const withStages = (...stages: CopiedRun['settings']['stages']) => ({
  ...run,
  settings: { ...initialSettings, stages },
});

test('a command says all that decides, quoted for a shell', () => {
  const shaped = withStages(newStage('temperature', { temperature: 0.7 }), newStage('topK', { k: 5 }));
  expect(asCommand(shaped)).toBe(
    `nexttoken generate 'it'\\''s' --model 'tales' --temperature 0.7 --top-k 5 --seed 42 --max-new-tokens 5`,
  );
  const greedy = { ...run, settings: strategies[0]!.apply(initialSettings) };
  expect(asCommand(greedy)).toContain('--greedy');
  expect(asCommand(greedy)).not.toContain('--seed');
});

test('what no flag says is refused by name, never left out', () => {
  const both = [newStage('temperature', { temperature: 0.5 }), newStage('topK', { k: 3 })];
  expect(() => asCommand(withStages(newStage('dry')))).toThrow('dry');
  expect(() => asCommand(withStages(...inOrder(both, 'llama.cpp')))).toThrow('order');
  const beams = strategies.find(({ name }) => name === 'beams')!.apply(initialSettings);
  expect(() => asCommand({ ...run, settings: beams })).toThrow('beam search');
});

test('code names every stage that is on, and no other', () => {
  const code = asCode(withStages(newStage('dry'), { ...newStage('topK', { k: 3 }), enabled: false }));
  expect(code).toContain('"type":"dry"');
  expect(code).not.toContain('topK');
  expect(code).toContain('seed: 42');
  const diverse = strategies.find(({ name }) => name === 'diverse-beams')!.apply(initialSettings);
  expect(asCode({ ...run, settings: diverse })).toContain('hammingDiversity(1)');
});

test('what a text has to keep to goes with it, or is refused by name', () => {
  const keeping = (kind: 'regex' | 'choice' | 'json-schema' | 'grammar', text: string): CopiedRun => ({
    ...run,
    settings: { ...initialSettings, constraint: { kind, text } },
  });
  expect(asCommand(keeping('regex', "a|it's"))).toContain(`--regex 'a|it'\\''s'`);
  expect(() => asCommand(keeping('choice', 'a'))).toThrow('no regular expression');
  const code = asCode(keeping('choice', ' yes\n no\n'));
  expect(code).toContain("import { choice } from '@nexttoken/grammar';");
  expect(code).toContain('choice([" yes"," no"], { tokenizer, endTokenIds: generationConfig.endTokenIds }),');
  expect(asCode(keeping('json-schema', '{ "type": "null" }'))).toContain('jsonSchema({"type":"null"}, {');
  expect(asCode(keeping('grammar', 'root ::= "a"'))).toContain('grammar("root ::= \\"a\\"", {');
  expect(asCode(keeping('regex', '\\d'))).toContain('regex("\\\\d", {');
  expect(asCode(run)).not.toContain('@nexttoken/grammar');
});
