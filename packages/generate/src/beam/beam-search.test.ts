import type { LogitsProcessor } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';
import { allowTokens, chain, hammingDiversity, repetitionPenalty, temperature } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMarkovModel, createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { chiSquare, chiSquareLimit } from '../testing/chi-square';
import type { BeamEvent } from './beam-events';
import { beamSearch } from './beam-search';
import { collectBeams } from './collect-beams';

const create = (vocabSize = 8, seed = 0) =>
  createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize, seed) });

/** Every text of at most `longest` tokens, ended or at the limit, with its log-probability. */
function allTexts(seed: number, prompt: readonly number[], longest: number, end: number) {
  const logitsAfter = hashedLogits(4, seed);
  const texts: { ids: number[]; logProbability: number }[] = [];
  const visit = (ids: number[], sum: number): void => {
    const logits = logitsAfter([...prompt, ...ids]);
    const total = Math.log(logits.reduce((all, logit) => all + Math.exp(logit), 0));
    for (const [id, logit] of logits.entries()) {
      const next = [...ids, id];
      const logProbability = sum + logit - total;
      if (id === end || next.length === longest) texts.push({ ids: next, logProbability });
      else visit(next, logProbability);
    }
  };
  visit([], 0);
  return texts;
}

describe('beamSearch', () => {
  test('with room for everything it is exhaustive: all texts, in the order of their scores', async () => {
    const settings = fc.record({
      seed: fc.nat({ max: 1e5 }),
      lengthPenalty: fc.constantFrom(-1, 0, 0.5, 1, 2),
      earlyStopping: fc.constantFrom(true, false, 'never' as const),
      longest: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ seed, lengthPenalty, earlyStopping, longest }) => {
        const model = create(4, seed);
        const { texts } = await collectBeams(
          beamSearch({
            model,
            prompt: [2, 1],
            numBeams: 48,
            numReturnSequences: 48,
            lengthPenalty,
            earlyStopping,
            maxNewTokens: longest,
            endTokenIds: [3],
          }),
        );
        const expected = allTexts(seed, [2, 1], longest, 3)
          .map((text) => ({ ...text, score: text.logProbability / text.ids.length ** lengthPenalty }))
          .sort((a, b) => b.score - a.score);
        expect(texts.map(({ ids }) => [...ids])).toEqual(expected.map(({ ids }) => ids));
        for (const [rank, { score, logProbability, reason, ids }] of texts.entries()) {
          expect(score).toBeCloseTo(expected[rank]!.score, 4);
          expect(logProbability).toBeCloseTo(expected[rank]!.logProbability, 4);
          expect(reason).toBe(ids.at(-1) === 3 ? 'end-token' : 'max-new-tokens');
        }
        expect(model.log).toMatchObject({ liveSessions: 0, overwrittenLogits: 0 });
      }),
      { numRuns: 30 },
    );
  });

  test('one beam is greedy; the prompt is read once, then one id a beam and step', async () => {
    const model = create();
    const options = { model, prompt: [1, 2, 3], maxNewTokens: 5 };
    const one = await collectBeams(beamSearch({ ...options, numBeams: 1 }));
    const ids = [1, 2, 3];
    for (let step = 0; step < 5; step++) {
      const logits = hashedLogits(8)(ids);
      ids.push(logits.indexOf(Math.max(...logits)));
    }
    expect([...one.texts[0]!.ids]).toEqual(ids.slice(3));
    model.log.forwards.length = 0;
    await collectBeams(beamSearch({ ...options, numBeams: 3 }));
    expect(model.log.forwards.map((rows) => rows.map(({ length }) => length))).toEqual([
      [3],
      ...Array(4).fill([1, 1, 1]),
    ]);
  });

  test('every candidate has a fate, and the numbers hang together', async () => {
    const { steps, texts } = await collectBeams(
      beamSearch({
        model: create(),
        prompt: [1],
        numBeams: 3,
        numReturnSequences: 3,
        maxNewTokens: 6,
        endTokenIds: [2, 5],
      }),
    );
    let before = [0];
    for (const { candidates, step, end } of steps) {
      expect(candidates.map(({ rank }) => rank)).toEqual(candidates.map((_, rank) => rank));
      for (const {
        id,
        parent,
        logProbability,
        cumulative,
        normalised,
        fate,
        reason,
        beam,
        diversity,
      } of candidates) {
        expect(cumulative).toBe(Math.fround(before[parent]! + logProbability));
        expect(normalised).toBeCloseTo(cumulative / (step + 1), 12);
        expect(diversity).toBe(0);
        expect(fate === 'kept').toBe(beam !== undefined);
        if (fate === 'finished') expect([2, 5].includes(id) ? 'end-token' : 'max-new-tokens').toBe(reason);
        if (fate === 'pruned') expect(['rank', 'outscored', 'late']).toContain(reason);
      }
      const kept = candidates.filter(({ fate }) => fate === 'kept').sort((a, b) => a.beam! - b.beam!);
      expect(kept.map(({ beam }) => beam)).toEqual(kept.map((_, beam) => beam));
      before = kept.map(({ cumulative }) => cumulative);
      expect(end !== undefined).toBe(step === steps.length - 1);
    }
    for (const { ids, parents } of texts) {
      for (const [step, id] of ids.entries()) {
        const candidate = steps[step]!.candidates.find((c) => c.id === id && c.parent === parents[step]);
        expect(candidate).toBeDefined();
        if (step + 1 < ids.length) expect(candidate!.beam).toBe(parents[step + 1]);
      }
    }
  });

  test('several prompts at once are each what they are alone', async () => {
    const options = {
      numBeams: 3,
      numReturnSequences: 2,
      maxNewTokens: 6,
      endTokenIds: [2],
      earlyStopping: true,
    };
    const prompts = [[1, 2, 3, 4], [5], [6, 6]];
    const model = create();
    const together = await collectBeams(beamSearch({ ...options, model, prompts }));
    for (const [index, prompt] of prompts.entries()) {
      const alone = await collectBeams(beamSearch({ ...options, model: create(), prompt }));
      const own = together.texts.filter(({ batchItem }) => batchItem === index);
      expect(own.map(({ batchItem: _, row: __, ...text }) => text)).toEqual(
        alone.texts.map(({ batchItem: _, row: __, ...text }) => text),
      );
    }
    expect(together.texts.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(model.log.liveSessions).toBe(0);
  });

  test('processors act on log-probabilities, with the state of their beam; a chain is its parts', async () => {
    const seen: LogitsProcessor<readonly number[]> = {
      kind: 'processor',
      type: 'seen',
      parameters: {},
      initialState: () => [],
      accept: (state, id) => [...state, id],
      process: (scores, { ids, promptLength }, state) => {
        expect(state).toEqual(Array.from(ids).slice(promptLength));
        expect(scores.every((score) => score <= 0)).toBe(true);
      },
    };
    const options = { model: create(), prompt: [1], numBeams: 4, maxNewTokens: 5 };
    const parts = [seen, repetitionPenalty(1.5), temperature(1.3)];
    const apart = await collectBeams(beamSearch({ ...options, processors: parts }));
    const chained = await collectBeams(
      beamSearch({ ...options, processors: chain(parts[0]!, chain(parts[1]!, parts[2]!)) }),
    );
    expect(chained).toEqual(apart);
  });

  test('constrained: only allowed tokens, fewer beams where fewer tokens are left, never impossible ones', async () => {
    const allowed = [[1, 4], [3], [0, 6, 7]];
    const processors = allowTokens((ids) => allowed[ids.length - 1] ?? [5]);
    const { texts, steps } = await collectBeams(
      beamSearch({
        model: create(),
        prompt: [2],
        numBeams: 8,
        numReturnSequences: 8,
        maxNewTokens: 4,
        processors,
      }),
    );
    expect(steps.map(({ candidates }) => candidates.length)).toEqual([2, 2, 6, 6]);
    expect(texts).toHaveLength(6);
    for (const { ids, score } of texts) {
      expect([1, 4]).toContain(ids[0]);
      expect([0, 6, 7]).toContain(ids[2]);
      expect(ids[3]).toBe(5);
      expect(Number.isFinite(score)).toBe(true);
    }
  });

  test('diverse groups: later groups pay for what earlier ones chose', async () => {
    const options = { model: create(), prompt: [1], numBeams: 4, numBeamGroups: 2, maxNewTokens: 4 };
    const alike = await collectBeams(beamSearch({ ...options, numReturnSequences: 4 }));
    expect(new Set(alike.texts.map(({ ids }) => ids.join())).size).toBe(2);
    const processors = hammingDiversity(2);
    const diverse = await collectBeams(beamSearch({ ...options, numReturnSequences: 4, processors }));
    expect(new Set(diverse.texts.map(({ ids }) => ids.join())).size).toBe(4);
    const [first] = diverse.steps;
    const chosen = first!.candidates
      .filter(({ group, fate }) => group === 0 && fate === 'kept')
      .map(({ id }) => id);
    for (const { group, id, diversity } of first!.candidates) {
      expect(diversity).toBe(group === 1 && chosen.includes(id) ? -2 : 0);
    }
  });

  test('stop strings and conditions finish a text', async () => {
    const tokenizer = createPieceTokenizer('abcdefgh'.split(''));
    const options = {
      model: create(),
      tokenizer,
      prompt: 'ab',
      numBeams: 4,
      numReturnSequences: 4,
      maxNewTokens: 5,
    };
    const plain = await collectBeams(beamSearch(options));
    const stop = plain.texts[0]!.text.slice(1, 3);
    const { texts } = await collectBeams(beamSearch({ ...options, stopStrings: [stop] }));
    const stopped = texts.filter(({ reason }) => reason === 'stop-string');
    expect(stopped.length).toBeGreaterThan(0);
    for (const { text, ids } of stopped) {
      expect(text).not.toContain(stop);
      expect(tokenizer.decode(ids).endsWith(stop)).toBe(true);
    }
    const conditioned = await collectBeams(
      beamSearch({ ...options, stopWhen: ({ ids }) => ids.length === 4 }),
    );
    expect(conditioned.texts.map(({ reason, ids }) => [reason, ids.length])).toEqual(
      Array(4).fill(['stop-condition', 2]),
    );
  });

  test('a context that is too short finishes texts as they are', async () => {
    const model = createTestModel({ vocabSize: 8, contextLength: 5, logitsAfter: hashedLogits(8) });
    const { texts } = await collectBeams(
      beamSearch({ model, prompt: [1, 2, 3], numBeams: 2, maxNewTokens: 9 }),
    );
    expect(texts[0]).toMatchObject({ reason: 'context-length' });
    expect(texts[0]!.ids).toHaveLength(3);
  });
});

describe('beam sampling', () => {
  test('the first candidate is a draw from the row, the second one from what is left', async () => {
    const row = Float32Array.of(0.5, 2, -1, 1, 0, -0.5);
    const model = createMarkovModel(Array.from({ length: 6 }, () => row));
    const first = Array(6).fill(0);
    const pairs = Array(36).fill(0);
    for (let seed = 0; seed < 20_000; seed++) {
      const { steps } = await collectBeams(
        beamSearch({ model, prompt: [0], numBeams: 1, maxNewTokens: 1, sample: true, seed }),
      );
      const [a, b] = steps[0]!.candidates;
      first[a!.id]++;
      pairs[a!.id * 6 + b!.id]++;
    }
    const p = softmax(row);
    const one = chiSquare(first, p);
    expect(one.statistic).toBeLessThan(chiSquareLimit(one.degrees));
    const expected = pairs.map((_, index) => {
      const [a, b] = [Math.floor(index / 6), index % 6];
      return a === b ? 0 : (p[a]! * p[b]!) / (1 - p[a]!);
    });
    const both = chiSquare(pairs, expected);
    expect(both.statistic).toBeLessThan(chiSquareLimit(both.degrees));
  }, 20_000);

  test('the same seed gives the same search, another seed another one', async () => {
    const run = (seed: number) =>
      collectBeams(
        beamSearch({ model: create(), prompt: [1], numBeams: 3, maxNewTokens: 6, sample: true, seed }),
      );
    expect(await run(1)).toEqual(await run(1));
    expect((await run(1)).steps).not.toEqual((await run(2)).steps);
    expect((await run(1)).steps[0]!.draws).toHaveLength(6);
  });
});

describe('beamSearch: ends, errors, refusals', () => {
  const options = { prompt: [1, 2], numBeams: 3, numReturnSequences: 2, maxNewTokens: 6 };

  test('an abort returns the best texts so far; the session is closed', async () => {
    for (let stopAt = 0; stopAt < 5; stopAt++) {
      const model = create();
      const controller = new AbortController();
      const events: BeamEvent[] = [];
      for await (const event of beamSearch({ ...options, model, signal: controller.signal })) {
        events.push(event);
        if (event.type === 'beams' && event.step === stopAt) controller.abort();
      }
      const finishes = events.filter((event) => event.type === 'finish');
      expect(finishes).toHaveLength(2);
      for (const event of finishes) expect(event).toMatchObject({ reason: 'aborted' });
      for (const event of finishes) expect('ids' in event && event.ids.length).toBe(stopAt + 1);
      expect(model.log.liveSessions).toBe(0);
    }
    const model = create();
    const none = await collectBeams(beamSearch({ ...options, model, signal: AbortSignal.abort() }));
    expect(none.steps).toEqual([]);
    expect(none.texts).toMatchObject([{ reason: 'aborted', ids: new Int32Array(0), text: '', score: 0 }]);
    expect(model.log.createdSessions).toBe(0);
  });

  test.each(['prefill', 'beams', 'finish'])(
    'leaving at the first %s event closes the session',
    async (type) => {
      const model = create();
      for await (const event of beamSearch({ ...options, model })) if (event.type === type) break;
      expect(model.log).toMatchObject({ createdSessions: 1, liveSessions: 0 });
    },
  );

  const failing = (process: LogitsProcessor['process']): LogitsProcessor => ({
    kind: 'processor',
    type: 'failing',
    parameters: {},
    process,
  });
  test.each([
    [
      'a processor throws',
      {
        processors: failing((_, { ids }) => {
          if (ids.length === 4) throw new Error('no');
        }),
      },
      { code: 'processor-failed', details: { processor: 'failing', step: 2 } },
    ],
    [
      'a processor makes NaN',
      { processors: failing((scores) => scores.fill(Number.NaN)) },
      { code: 'invalid-scores', details: { step: 0 } },
    ],
    [
      'nothing is left',
      { processors: failing((scores) => scores.fill(Number.NEGATIVE_INFINITY)) },
      { code: 'no-candidates', details: { step: 0 } },
    ],
    [
      'a stop condition throws',
      {
        stopWhen: () => {
          throw new Error('no');
        },
      },
      { code: 'stop-condition-failed', details: { step: 0 } },
    ],
  ])('%s: a typed error with the step', async (_, parts, error) => {
    const model = create();
    await expect(collectBeams(beamSearch({ ...options, model, ...parts }))).rejects.toMatchObject(error);
    expect(model.log.liveSessions).toBe(0);
  });

  test('a model that returns NaN', async () => {
    const model = createTestModel({
      vocabSize: 8,
      logitsAfter: (ids) =>
        hashedLogits(8)(ids).map((x, id) => (ids.length === 3 && id === 5 ? Number.NaN : x)),
    });
    await expect(collectBeams(beamSearch({ ...options, model }))).rejects.toMatchObject({
      code: 'invalid-logits',
      details: { step: 1, index: 5 },
    });
  });

  test.each([
    [{ numBeams: 0 }, 'numBeams'],
    [{ numBeams: 4, numBeamGroups: 3 }, 'numBeamGroups'],
    [{ numReturnSequences: 4 }, 'numReturnSequences'],
    [{ lengthPenalty: Number.NaN }, 'lengthPenalty'],
    [{ earlyStopping: 'always' }, 'earlyStopping'],
    [{ seed: 3 }, 'seed'],
    [{ numBeamGroups: 3, sample: true }, 'sample'],
    [{ maxNewTokens: 0 }, 'maxNewTokens'],
    [{ maxNewTokens: undefined }, 'maxNewTokens'],
  ])('refuses %o', (changes, parameter) => {
    expect(() => beamSearch({ ...options, model: create(), ...changes } as never)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', details: expect.objectContaining({ parameter }) }),
    );
  });

  test('refuses what the model cannot do, and options that are none', () => {
    const model = create();
    const narrow = { ...model, capabilities: { ...model.capabilities, maxRows: 2 } };
    const fixed = { ...model, capabilities: { ...model.capabilities, select: false } };
    const unsupported = expect.objectContaining({ code: 'unsupported-capability' });
    expect(() => beamSearch({ ...options, model: narrow })).toThrow(unsupported);
    expect(() => beamSearch({ ...options, model: fixed })).toThrow(unsupported);
    expect(() => beamSearch({ ...options, model, num_beams: 2 } as never)).toThrow(/did you mean numBeams/);
  });
});
