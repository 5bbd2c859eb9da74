import type { LogitsProcessor } from '@nexttoken/model';
import {
  allowTokens,
  badWords,
  categorical,
  chain,
  greedy,
  logitBias,
  minP,
  noRepeatNgram,
  repetitionPenalty,
  sequenceBias,
  suppressTokens,
  temperature,
  topK,
  topP,
  typicalP,
} from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect } from '../events/collect';
import { generate } from '../loop/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { decodeRow } from './encode-row';
import { readRun } from './read-run';
import { replayRun } from './replay-run';
import { restoreStage, stageData } from './stage-data';
import { startRun } from './start-run';
import { verifyRun } from './verify-run';

const create = (seed = 0) => createTestModel({ vocabSize: 12, logitsAfter: hashedLogits(12, seed) });
const tokenizer = createPieceTokenizer('abcdefghijkl'.split(''));
const processors = () => [repetitionPenalty(1.3), chain(temperature(0.9), topK(8)), topP(0.95)];
const base = { tokenizer, prompt: 'abc', sampler: categorical(), seed: 5, maxNewTokens: 10 };

describe('a run is a value', () => {
  test('its record says what generate said, and survives JSON', async () => {
    const model = create();
    const options = { ...base, model, processors: processors() };
    const run = await startRun({ ...options, capture: { scores: true }, modelHash: 'f00' });
    const plain = await collect(generate({ ...options, capture: { scores: true } }));
    const { record } = run;
    expect(record.ids).toEqual([...plain.ids]);
    expect(record.text).toBe(plain.text);
    expect(record.draws).toEqual(plain.steps.map(({ draw }) => draw));
    expect(record.steps.map((step) => step!.share)).toEqual(plain.steps.map(({ share }) => share));
    expect(record.rows!.scores!.map((row) => decodeRow(row!))).toEqual(
      plain.steps.map(({ scores }) => scores),
    );
    expect(record.model).toMatchObject({ id: 'test', vocabSize: 12, hash: 'f00' });
    expect(readRun(JSON.stringify(record))).toEqual(record);
    await run.dispose();
    await run.dispose();
    expect(model.log.liveSessions).toBe(0);
  });

  test('replayed from JSON alone it is the same, step by step and at once', async () => {
    const run = await startRun({ ...base, model: create(), processors: processors() });
    const saved = JSON.stringify(run.record);
    for (const atOnce of [false, true]) {
      const model = create();
      const again = await replayRun(saved, { model, tokenizer, atOnce });
      expect(again.record).toEqual({ ...run.record, segments: again.record.segments });
      expect(again.record.segments[0]).toMatchObject({ random: run.record.segments[0]!.random });
      if (atOnce) expect(model.log.forwards).toHaveLength(2);
      await again.dispose();
    }
    expect(await verifyRun(saved, { model: create(), tokenizer })).toEqual({
      same: true,
      ids: run.record.ids,
      largestProbabilityDifference: 0,
    });
    await run.dispose();
  });

  test('verify finds the first difference', async () => {
    const run = await startRun({ ...base, model: create() });
    const other = await verifyRun(run.record, { model: create(1), tokenizer });
    expect(other.same).toBe(false);
    expect(other.firstDifference).toBe(run.record.ids.findIndex((id, i) => other.ids[i] !== id));
    const ids = run.record.ids.map((id, i) => (i === 4 ? (id + 1) % 12 : id));
    const forged = await verifyRun({ ...run.record, ids }, { model: create(), tokenizer });
    expect(forged).toMatchObject({ same: false, firstDifference: 4 });
    await run.dispose();
  });
});

describe('fork', () => {
  test('without a change it is the same run, from any step, and reads one id again', async () => {
    const model = create();
    const run = await startRun({ ...base, model, processors: processors() });
    for (let step = 0; step <= 10; step++) {
      const before = model.log.forwards.length;
      const fork = await run.fork({ step });
      expect(fork.record.ids).toEqual(run.record.ids);
      expect(fork.record.text).toBe(run.record.text);
      expect(fork.record.draws).toEqual(run.record.draws);
      const read = model.log.forwards.slice(before);
      expect(read.every(([row]) => row!.length === 1)).toBe(true);
      expect(read).toHaveLength(10 - step);
      await fork.dispose();
    }
    await run.dispose();
    expect(model.log.liveSessions).toBe(0);
  });

  test('another token, chain or seed: what generate says to the prompt and what was kept', async () => {
    const changes = fc.record({
      step: fc.integer({ min: 0, max: 10 }),
      token: fc.option(fc.nat({ max: 11 }), { nil: undefined }),
      seed: fc.nat({ max: 99 }),
      penalty: fc.constantFrom(1.1, 2),
    });
    await fc.assert(
      fc.asyncProperty(changes, async ({ step, token, seed, penalty }) => {
        const model = create();
        const run = await startRun({ ...base, model, processors: processors() });
        const chosen = [repetitionPenalty(penalty), temperature(1.5)];
        const fork = await run.fork({ step, token, seed, processors: chosen, maxNewTokens: 14 });
        const kept = [...run.record.ids.slice(0, step), ...(token === undefined ? [] : [token])];
        const expected = await collect(
          generate({
            model,
            prompt: [...run.record.promptIds, ...kept],
            processors: chosen,
            sampler: categorical(),
            seed,
            maxNewTokens: 14 - kept.length,
          }),
        );
        expect(fork.record.ids).toEqual([...kept, ...expected.ids]);
        // The fork of the fork, saved and made again by another process.
        const second = await fork.fork({ step: 12, token: 3 });
        expect(await verifyRun(JSON.stringify(second.record), { model: create(), tokenizer })).toMatchObject({
          same: true,
        });
        for (const each of [run, fork, second]) await each.dispose();
        expect(model.log.liveSessions).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test('processors with a state go on from the state of that step, and see the same prompt', async () => {
    const seen: unknown[] = [];
    const counting: LogitsProcessor<number> = {
      kind: 'processor',
      type: 'counting',
      parameters: {},
      initialState: () => 0,
      accept: (state) => state + 1,
      process: (_, { ids, promptLength }, state) => {
        seen.push([ids.length - promptLength, state]);
      },
    };
    const run = await startRun({ ...base, model: create(), processors: counting });
    seen.length = 0;
    await (await run.fork({ step: 7 })).dispose();
    await (await run.fork({ step: 8, token: 1, processors: counting })).dispose();
    expect(seen).toEqual([
      [7, 7],
      [8, 8],
      [9, 9],
      [9, 9],
    ]);
    await expect(replayRun(run.record, { model: create() })).rejects.toMatchObject({
      code: 'invalid-run',
      details: { type: 'counting' },
    });
    const again = await replayRun(run.record, { model: create(), processors: [counting] });
    expect(again.record.ids).toEqual(run.record.ids);
    await again.dispose();
    await run.dispose();
  });

  test('an aborted run can be continued', async () => {
    const controller = new AbortController();
    const model = create();
    const run = await startRun({
      ...base,
      model,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'step' && event.step === 3) controller.abort();
      },
    });
    expect(run.record).toMatchObject({ reason: 'aborted' });
    expect(run.record.ids).toHaveLength(4);
    const whole = await startRun({ ...base, model });
    const rest = await run.fork({ step: 4 });
    expect(rest.record.ids).toEqual(whole.record.ids);
    for (const each of [run, rest, whole]) await each.dispose();
    expect(model.log.liveSessions).toBe(0);
  });

  test('illegal changes, and a run that is gone', async () => {
    const model = create();
    const run = await startRun({ ...base, model });
    await expect(run.fork({ step: 11 })).rejects.toMatchObject({ details: { parameter: 'step' } });
    await expect(run.fork({ step: 1, token: 12 })).rejects.toMatchObject({ details: { parameter: 'token' } });
    expect(() => run.fork({ step: 1, sed: 4 } as never)).toThrow(/did you mean/);
    await run.dispose();
    await expect(run.fork({ step: 1 })).rejects.toMatchObject({ code: 'disposed' });
    await expect(startRun({ ...base, model, prompts: ['a'] } as never)).rejects.toMatchObject({
      code: 'unsupported-option',
    });
    expect(model.log.liveSessions).toBe(0);
  });
});

describe('stages as data', () => {
  test.each([
    temperature(0.7),
    topK(5),
    topP(0.9),
    minP(0.1),
    typicalP(0.5),
    repetitionPenalty(1.2, { promptIgnoreLength: 3 }),
    logitBias([
      [3, 1.5],
      [4, Number.NEGATIVE_INFINITY],
    ]),
    sequenceBias([[[1, 2], 3]]),
    badWords([[1], [2, 3]], { endTokenIds: [0] }),
    suppressTokens([1, 2]),
    noRepeatNgram(3),
    chain(temperature(2), chain(topK(3))),
    greedy(),
    categorical(),
  ])('$type is made again from its data', (stage) => {
    const data = JSON.parse(JSON.stringify(stageData(stage as never)));
    expect(stageData(restoreStage(data))).toEqual(data);
  });

  test('what holds a function is refused by name', () => {
    const data = stageData(allowTokens(() => [1]));
    expect(data.parameters).toMatchObject({ allowed: { function: true } });
    expect(() => restoreStage(data)).toThrow(/"allowTokens" cannot be made from its data/);
    expect(() => restoreStage({ type: 'toString', parameters: {} })).toThrow(/cannot be made/);
  });

  test.each([
    ['format', '{"format":"nexttoken-run-0"}'],
    ['format', 'no json'],
    ['model', '{"format":"nexttoken-run-1"}'],
  ])('a text that is no run: %s', (field, text) => {
    expect(() => readRun(text)).toThrow(expect.objectContaining({ code: 'invalid-run', details: { field } }));
  });
});
