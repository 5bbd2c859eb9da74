import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { categorical, chain, greedy, repetitionPenalty, temperature, topK, topP } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { collect } from '../events/collect';
import type { GenerateEvent } from '../events/generate-event';
import { createPieceTokenizer, createTestModel, hashedLogits, scriptedLogits } from '../testing';
import { generate } from './generate';

const pieces = ['<s>', '</s>', 'a', 'b', ' ', 'c.', '.d', '\n'];
const tokenizer = createPieceTokenizer(pieces, { special: ['<s>', '</s>'], bos: 0, eos: 1 });

/** A model that continues any prompt of `promptLength` ids with `script`. */
const scripted = (script: readonly number[], promptLength = 1, contextLength?: number) =>
  createTestModel({
    vocabSize: 8,
    logitsAfter: scriptedLogits(8, promptLength, script),
    ...(contextLength !== undefined && { contextLength }),
  });

async function eventsOf<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const list: Event[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** Adds `bias` to one id. */
const biased = (id: number, bias: number): LogitsProcessor => ({
  kind: 'processor',
  type: 'biased',
  parameters: { id, bias },
  process: (scores) => {
    scores[id]! += bias;
  },
});

describe('generate: what it forwards and reports', () => {
  test('the prompt once, then one id a step, never the last one', async () => {
    const model = scripted([3, 2, 4], 2);
    await collect(generate({ model, prompt: [2, 2], maxNewTokens: 3 }));
    expect(model.log.forwards).toEqual([[[2, 2]], [[3]], [[2]]]);
    expect(model.log).toMatchObject({ createdSessions: 1, liveSessions: 0 });
  });

  test("somebody else's sampler called greedy is asked all the same", async () => {
    const ours = greedy();
    const last = { ...ours, sample: (scores: Float32Array) => ({ id: scores.length - 1 }) };
    const ids = async (sampler: typeof ours) =>
      (await collect(generate({ model: scripted([3, 2]), prompt: [2], maxNewTokens: 2, sampler }))).ids;
    expect([...(await ids(ours))]).toEqual([3, 2]);
    expect([...(await ids(last))]).toEqual([7, 7]);
  });

  test('events come in order, and the texts make up the text', async () => {
    const model = scripted([2, 4, 3]);
    const events = await eventsOf(
      generate({ model, tokenizer, prompt: 'a', addSpecialTokens: false, maxNewTokens: 3 }),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'prefill',
      'step',
      'text',
      'step',
      'text',
      'step',
      'text',
      'finish',
    ]);
    expect(events.at(-1)).toEqual({
      type: 'finish',
      row: 0,
      reason: 'max-new-tokens',
      ids: Int32Array.of(2, 4, 3),
      text: 'a b',
    });
  });

  test('logit and probability are raw, score and share are processed; the raw row is left alone', async () => {
    const logits = [0, 1, 2, 3];
    const model = createTestModel({ vocabSize: 4, logitsAfter: () => logits });
    const { steps } = await collect(
      generate({ model, prompt: [0], maxNewTokens: 2, processors: [biased(3, -2), biased(1, 2)] }),
    );
    const scores = [0, 3, 2, 1];
    const sum = (row: number[]) => row.reduce((total, value) => total + Math.exp(value), 0);
    for (const step of steps) {
      expect(step).toMatchObject({ id: 1, logit: 1, score: 3 });
      expect(step.probability).toBeCloseTo(Math.exp(1) / sum(logits), 12);
      expect(step.share).toBeCloseTo(Math.exp(3) / sum(scores), 12);
    }
    expect(model.log.overwrittenLogits).toBe(0);
  });

  test('without processors score and share are logit and probability', async () => {
    const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8) });
    const { steps } = await collect(generate({ model, prompt: [1], maxNewTokens: 5 }));
    for (const step of steps) expect([step.score, step.share]).toEqual([step.logit, step.probability]);
  });

  test('captures copies, and only what was asked for', async () => {
    const model = createTestModel({ vocabSize: 4, logitsAfter: hashedLogits(4, 3) });
    const options = { model, prompt: [0], maxNewTokens: 2, processors: biased(1, 1) };
    const { steps } = await collect(generate({ ...options, capture: { logits: true, scores: true } }));
    expectTypeOf(steps[0]!.logits).toEqualTypeOf<Float32Array>();
    expect(steps[0]!.logits).toEqual(Float32Array.from(hashedLogits(4, 3)([0])));
    expect(steps[1]!.scores[1]).toBe(Math.fround(steps[1]!.logits[1]! + 1));
    const plain = await collect(generate({ ...options, capture: { scores: true } }));
    expect(plain.steps[0]).not.toHaveProperty('logits');
    // @ts-expect-error what was not captured is not in the type
    expect(plain.steps[0]!.logits).toBeUndefined();
    const none = await collect(generate(options));
    // @ts-expect-error nothing was captured
    expect(none.steps[0]!.scores).toBeUndefined();
  });

  test('reports how far the prompt is read, and always its end', async () => {
    const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8), chunkSize: 2 });
    const prefills = async (prompt: number[]) =>
      (await eventsOf(generate({ model, prompt, maxNewTokens: 1 }))).filter(({ type }) => type === 'prefill');
    expect(await prefills([1, 2, 3, 4, 5])).toEqual(
      [2, 4, 5].map((done) => ({ type: 'prefill', done, total: 5 })),
    );
  });
});

describe('generate: processors and samplers', () => {
  test('processors see prompt and new ids, and keep a state a row', async () => {
    const seen: unknown[] = [];
    const counting: LogitsProcessor<readonly number[]> = {
      kind: 'processor',
      type: 'counting',
      parameters: {},
      initialState: () => [],
      accept: (state, id) => [...state, id],
      process: (_, { ids, promptLength, row, batchItem }, state) => {
        seen.push({ ids: Array.from(ids), promptLength, row, batchItem, state });
      },
    };
    await collect(
      generate({ model: scripted([3, 2], 2), prompt: [4, 5], maxNewTokens: 2, processors: counting }),
    );
    expect(seen).toEqual([
      { ids: [4, 5], promptLength: 2, row: 0, batchItem: 0, state: [] },
      { ids: [4, 5, 3], promptLength: 2, row: 0, batchItem: 0, state: [3] },
    ]);
  });

  test('the sampler gets the random source and its own state; the draw is reported', async () => {
    const sampler: Sampler<number> = {
      kind: 'sampler',
      type: 'drawing',
      parameters: {},
      initialState: () => 0,
      sample: (_, { random }, state) => ({ id: state, draw: random.next(), state: state + 1 }),
    };
    const options = { model: scripted([]), prompt: [0], maxNewTokens: 3, sampler };
    const { ids, steps } = await collect(generate({ ...options, seed: 7 }));
    const random = createRandom(7);
    expect([...ids]).toEqual([0, 1, 2]);
    expect(steps.map(({ draw }) => draw)).toEqual([random.next(), random.next(), random.next()]);
    const source = createRandom(7);
    await collect(generate({ ...options, random: source, maxNewTokens: 2 }));
    expect((await collect(generate({ ...options, random: source }))).steps[0]!.draw).toBe(steps[2]!.draw);
  });

  test('an id outside the row is refused', async () => {
    const sampler: Sampler = { kind: 'sampler', type: 'wild', parameters: {}, sample: () => ({ id: 8 }) };
    const model = scripted([]);
    const run = collect(generate({ model, prompt: [0], maxNewTokens: 3, sampler }));
    await expect(run).rejects.toMatchObject({
      code: 'invalid-token-id',
      details: { id: 8, sampler: 'wild' },
    });
    expect(model.log.liveSessions).toBe(0);
  });

  test('a processor that needs siblings is refused by name', () => {
    const processors = { ...biased(0, 0), requires: { siblings: true } };
    expect(() => generate({ model: scripted([]), prompt: [0], maxNewTokens: 1, processors })).toThrow(
      expect.objectContaining({
        code: 'unsupported-capability',
        details: { processor: 'biased', capability: 'siblings' },
      }),
    );
  });

  test('within a chain the part that needs it is named', () => {
    const processors = chain(
      biased(0, 0),
      chain({ ...biased(0, 0), type: 'hamming', requires: { siblings: true } }),
    );
    expect(() => generate({ model: scripted([]), prompt: [0], maxNewTokens: 1, processors })).toThrow(
      expect.objectContaining({ details: { processor: 'hamming', capability: 'siblings' } }),
    );
  });

  test('a chain is the same as its parts, a seed is the same as its draws', async () => {
    const model = createTestModel({ vocabSize: 50, logitsAfter: hashedLogits(50) });
    const options = { model, prompt: [3], maxNewTokens: 20, sampler: categorical(), seed: 11 };
    const parts = [repetitionPenalty(1.3), temperature(0.7), topK(20), topP(0.9)];
    const first = await collect(generate({ ...options, processors: parts }));
    const second = await collect(generate({ ...options, processors: chain(...parts) }));
    expect(second).toEqual(first);
    expect(new Set(first.ids).size).toBeGreaterThan(5);
    const other = await collect(generate({ ...options, processors: parts, seed: 12 }));
    expect([...other.ids]).not.toEqual([...first.ids]);
  });
});

describe('generate: how a row ends', () => {
  test('end token: among the ids, not in the text', async () => {
    const run = collect(generate({ model: scripted([2, 1, 3]), tokenizer, prompt: [2], maxNewTokens: 9 }));
    expect(await run).toMatchObject({ ids: Int32Array.of(2, 1), text: 'a', reason: 'end-token' });
  });

  test('an end token of ordinary text is left out of the text as well', async () => {
    const options = { model: scripted([2, 7, 3]), tokenizer, prompt: [2], maxNewTokens: 9, endTokenIds: [7] };
    expect(await collect(generate(options))).toMatchObject({ text: 'a', reason: 'end-token' });
    expect((await collect(generate({ ...options, skipSpecialTokens: false }))).text).toBe('a\n');
  });

  test('no end tokens: the eos is a token like any other', async () => {
    const model = scripted([2, 1, 3]);
    const options = { model, tokenizer, prompt: [2], maxNewTokens: 3, endTokenIds: [] };
    expect(await collect(generate(options))).toMatchObject({ text: 'ab', reason: 'max-new-tokens' });
    expect((await collect(generate({ ...options, skipSpecialTokens: false }))).text).toBe('a</s>b');
  });

  test('stop string over token borders: the text ends before it, the ids have it', async () => {
    const model = scripted([2, 5, 6, 3]);
    const options = { model, tokenizer, prompt: [2], maxNewTokens: 9, stopStrings: ['c..'] };
    expect(await collect(generate(options))).toMatchObject({
      ids: Int32Array.of(2, 5, 6),
      text: 'a',
      reason: 'stop-string',
    });
  });

  test('text held back for a stop string that never came is given out at the end', async () => {
    const model = scripted([2, 5]);
    const events = await eventsOf(
      generate({ model, tokenizer, prompt: [2], maxNewTokens: 2, stopStrings: ['c..'] }),
    );
    expect(
      events.filter(({ type }) => type === 'text').map((event) => 'text' in event && event.text),
    ).toEqual(['a', 'c.']);
    expect(events.at(-1)).toMatchObject({ reason: 'max-new-tokens', text: 'ac.' });
  });

  test('context length: the last token is chosen from a full cache', async () => {
    const model = scripted([2, 2, 2, 2], 2, 4);
    const result = await collect(generate({ model, prompt: [3, 3], maxNewTokens: 9 }));
    expect(result).toMatchObject({ reason: 'context-length', ids: Int32Array.of(2, 2, 2) });
    expect(model.log.forwards).toHaveLength(3);
  });

  test('maxNewTokens 0 runs nothing', async () => {
    const model = scripted([2]);
    const events = await eventsOf(generate({ model, tokenizer, prompt: 'a', maxNewTokens: 0 }));
    expect(events).toEqual([
      { type: 'finish', row: 0, reason: 'max-new-tokens', ids: new Int32Array(0), text: '' },
    ]);
    expect(model.log.createdSessions).toBe(0);
  });

  test('without a tokenizer there is no text', async () => {
    const events = await eventsOf(generate({ model: scripted([2, 3]), prompt: [2], maxNewTokens: 2 }));
    expect(events.some(({ type }) => type === 'text')).toBe(false);
    expect(events.at(-1)).toMatchObject({ text: '', ids: Int32Array.of(2, 3) });
  });

  test('for any stop strings and any tokens the text is what brute force says', async () => {
    const texts = ['a', 'b', 'ab', 'ba', 'aab', 'c'];
    const cut = (text: string, stops: readonly string[]): string | undefined => {
      for (let end = 1; end <= text.length; end++) {
        const found = stops.filter((stop) => text.slice(0, end).endsWith(stop));
        if (found.length > 0) return text.slice(0, end - Math.max(...found.map(({ length }) => length)));
      }
      return undefined;
    };
    const scripts = fc.array(fc.nat({ max: texts.length - 1 }), { minLength: 1, maxLength: 8 });
    const stopLists = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 }),
      {
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(scripts, stopLists, async (script, stopStrings) => {
        const model = createTestModel({ vocabSize: 6, logitsAfter: scriptedLogits(6, 1, script) });
        const spelled = createPieceTokenizer(texts);
        const result = await collect(
          generate({ model, tokenizer: spelled, prompt: [0], maxNewTokens: script.length, stopStrings }),
        );
        const whole = script.map((id) => texts[id]).join('');
        const expected = cut(whole, stopStrings);
        expect(result.text).toBe(expected ?? whole);
        expect(result.reason).toBe(expected === undefined ? 'max-new-tokens' : 'stop-string');
        const made = [...result.ids].map((id) => texts[id]).join('');
        expect(cut(made, stopStrings)).toBe(expected);
        expect(
          cut(
            [...result.ids]
              .slice(0, -1)
              .map((id) => texts[id])
              .join(''),
            stopStrings,
          ),
        ).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('generate: aborting and leaving', () => {
  test('an abort keeps what was generated and ends normally', async () => {
    const controller = new AbortController();
    const model = scripted([2, 3, 2, 3, 2]);
    const events: GenerateEvent[] = [];
    for await (const event of generate({
      model,
      tokenizer,
      prompt: [2],
      maxNewTokens: 9,
      signal: controller.signal,
    })) {
      events.push(event);
      if (event.type === 'step' && event.step === 1) controller.abort();
    }
    expect(events.at(-1)).toMatchObject({
      type: 'finish',
      reason: 'aborted',
      ids: Int32Array.of(2, 3),
      text: 'ab',
    });
    expect(model.log.liveSessions).toBe(0);
  });

  test('held-back text is not lost by an abort', async () => {
    const controller = new AbortController();
    const options = {
      model: scripted([5, 2, 2]),
      tokenizer,
      prompt: [2],
      maxNewTokens: 9,
      stopStrings: ['c..'],
    };
    const run = generate({ ...options, signal: controller.signal });
    const events = [];
    for await (const event of run) {
      events.push(event);
      if (event.type === 'step') controller.abort();
    }
    expect(events.at(-1)).toMatchObject({ reason: 'aborted', text: 'c.' });
  });

  test('an abort while the prompt is read', async () => {
    const controller = new AbortController();
    const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8), chunkSize: 1 });
    const session = await model.createSession();
    const run = generate({
      model,
      session,
      prompt: [1, 2, 3, 4],
      maxNewTokens: 2,
      signal: controller.signal,
    });
    const events = [];
    for await (const event of run) {
      events.push(event);
      controller.abort(new Error('enough'));
    }
    expect(events.at(-1)).toMatchObject({ reason: 'aborted', ids: new Int32Array(0) });
    expect(session.lengths).toEqual([0]);
  });

  test('a signal that is aborted already: the finish event alone', async () => {
    const model = scripted([2]);
    const events = await eventsOf(
      generate({ model, prompt: [2], maxNewTokens: 3, signal: AbortSignal.abort() }),
    );
    expect(events).toMatchObject([{ type: 'finish', reason: 'aborted' }]);
    expect(model.log.createdSessions).toBe(0);
  });

  test.each(['prefill', 'step', 'text', 'finish'])(
    'leaving at the first %s event disposes the session',
    async (type) => {
      const model = createTestModel({
        vocabSize: 8,
        logitsAfter: scriptedLogits(8, 6, [2, 3]),
        chunkSize: 1,
      });
      for await (const event of generate({ model, tokenizer, prompt: [2, 2, 2, 2, 2, 2], maxNewTokens: 2 })) {
        if (event.type === type) break;
      }
      expect(model.log).toMatchObject({ createdSessions: 1, liveSessions: 0 });
      if (type === 'prefill') expect(model.log.forwards).toEqual([]);
    },
  );

  test('an error of the backend reaches the consumer, and the session is disposed', async () => {
    const failure = new Error('out of memory');
    const model = createTestModel({
      vocabSize: 8,
      logitsAfter: (ids) => {
        if (ids.length === 2) throw failure;
        return hashedLogits(8)(ids);
      },
    });
    await expect(collect(generate({ model, prompt: [1], maxNewTokens: 4 }))).rejects.toBe(failure);
    expect(model.log.liveSessions).toBe(0);
  });
});

describe("generate: in a session of the caller's", () => {
  test('goes on where the session is, and leaves it open', async () => {
    const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8) });
    const session = await model.createSession();
    const first = await collect(generate({ model, session, prompt: [1, 2], maxNewTokens: 3 }));
    expect(session.lengths).toEqual([4]);
    const second = await collect(generate({ model, session, prompt: [first.ids.at(-1)!], maxNewTokens: 2 }));
    const whole = await collect(generate({ model, prompt: [1, 2], maxNewTokens: 5 }));
    expect([...first.ids, ...second.ids]).toEqual([...whole.ids]);
    expect(model.log.liveSessions).toBe(1);
    await session.dispose();
  });

  test('processors look back at the ids that the session holds', async () => {
    const model = scripted([2], 3);
    const session = await model.createSession();
    await session.forward([[4, 5]]);
    const seen: number[][] = [];
    const processors = {
      ...biased(0, 0),
      process: (_: Float32Array, { ids }: { ids: ArrayLike<number> }) => {
        seen.push(Array.from(ids));
      },
    };
    const options = { model, session, prompt: [6], maxNewTokens: 1, processors };
    expect(() => generate(options)).toThrow(/previousIds must be the 2 ids/);
    await collect(generate({ ...options, previousIds: [4, 5] }));
    expect(seen).toEqual([[4, 5, 6]]);
  });

  test('special tokens are added where the text begins only', async () => {
    const model = scripted([], 9);
    const session = await model.createSession();
    await collect(generate({ model, tokenizer, session, prompt: 'ab', maxNewTokens: 1 }));
    await collect(generate({ model, tokenizer, session, prompt: 'ab', maxNewTokens: 1 }));
    expect(model.log.forwards).toEqual([[[0, 2, 3]], [[2, 3]]]);
  });
});
