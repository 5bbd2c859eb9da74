import { collect, generate } from '@nexttoken/generate';
import { initialSettings, newStage, strategies } from '@nexttoken/inspector-elements/sampling-settings';
import { load } from '@nexttoken/load';
import { beforeAll, expect, test } from 'vitest';
import type { CallContext } from '../remote/serve-calls';
import { chosenChain } from './chosen-chain';
import { engineHandlers } from './engine';
import type { TokenFacts } from './protocol';

const handlers = engineHandlers();
const model = 'tales';
const prompt = 'Once upon a time';
let ids: readonly number[] = [];

function context<Event>(events: Event[] = [], signal = new AbortController().signal): CallContext<Event> {
  return { signal, emit: (event) => void events.push(event) };
}

beforeAll(async () => {
  const card = await handlers.open({ name: model }, context());
  expect(card).toMatchObject({ name: model, vocabSize: 3072 });
  ({ ids } = await handlers.encode({ model, text: prompt }, context()));
});

const at = (behind: readonly number[] = []) => ({
  model,
  ids: [...ids, ...behind],
  promptLength: ids.length,
});

async function run(settings = initialSettings, atMost = 12) {
  const events: TokenFacts[] = [];
  const request = { ...at(), settings, atMost, to: 'end' } as const;
  const result = await handlers.generate(request, context(events));
  return { events, result };
}

test('generates what the loop of the packages generates, token for token, with its draws', async () => {
  const settings = {
    ...initialSettings,
    stages: [newStage('temperature', { temperature: 1.3 }), newStage('topP')],
  };
  const { events } = await run(settings);
  const loaded = await load(model);
  const { processors, sampler } = chosenChain({ settings });
  const expected = await collect(
    generate({
      model: loaded.model,
      prompt: ids,
      processors,
      sampler,
      seed: settings.seed,
      maxNewTokens: 12,
      endTokenIds: loaded.generationConfig.endTokenIds,
    }),
  );
  expect(events.map(({ id }) => id)).toEqual([...expected.ids]);
  await loaded.dispose();
});

test('what a step shows is what it takes; looking again costs no forward pass', async () => {
  const { events } = await run();
  let behind: number[] = [];
  for (const { id, draw, share } of events) {
    const { reading, table, forwards } = await handlers.shape(
      { ...at(behind), settings: initialSettings, top: 5 },
      context(),
    );
    expect(reading.chosen.id).toBe(id);
    expect(reading.chosen.draw).toBe(draw);
    expect(reading.chosen.share).toBeCloseTo(share!, 5);
    expect(table.rows.some((row) => row.id === id)).toBe(true);
    const again = await handlers.shape(
      { ...at(behind), settings: { ...initialSettings, stages: [newStage('topK')] }, top: 5 },
      context(),
    );
    expect(again.forwards).toBe(forwards);
    behind = [...behind, id];
  }
  const facts = await handlers.facts(at(behind), context());
  expect(facts.map(({ piece }) => piece)).toEqual(events.map(({ piece }) => piece));
  facts.forEach(({ probability, rank }, index) => {
    expect(probability).toBeCloseTo(events[index]!.probability, 5);
    expect(rank).toBe(events[index]!.rank);
  });
});

test('a token far down is in the table with its rank, and a search finds tokens by text and id', async () => {
  const { reading, table, found } = await handlers.shape(
    { ...at(), settings: { ...initialSettings, seed: 3 }, top: 1, search: 'dragon' },
    context(),
  );
  expect(table.rows.at(-1)!.id).toBe(reading.chosen.id);
  const shares = table.rows.reduce((sum, { share }) => sum + share!, 0) + table.others.share!;
  expect(shares).toBeCloseTo(1, 6);
  expect(found!.length).toBeGreaterThan(0);
  expect(found!.every(({ token }) => token.toLowerCase().includes('dragon'))).toBe(true);
});

test('stops between two steps and keeps what there is', async () => {
  const stop = new AbortController();
  const events: TokenFacts[] = [];
  const request = { ...at(), settings: initialSettings, atMost: 90, to: 'end' } as const;
  const { ending } = await handlers.generate(request, {
    signal: stop.signal,
    emit: (facts) => {
      if (events.push(facts) === 3) stop.abort();
    },
  });
  expect(ending).toBe('stopped');
  expect(events).toHaveLength(3);
});

test('runs to the end of a sentence and to a fork', async () => {
  const to = async (where: 'sentence' | 'fork') => {
    const events: TokenFacts[] = [];
    const { ending } = await handlers.generate(
      { ...at(), settings: initialSettings, atMost: 60, to: where },
      context(events),
    );
    return { events, ending };
  };
  const sentence = await to('sentence');
  expect(sentence.ending).toBe('sentence');
  expect(sentence.events.at(-1)!.piece).toMatch(/[.!?]/);
  const fork = await to('fork');
  expect(fork.ending).toBe('fork');
  expect(fork.events.slice(1).every(({ leading }) => leading >= 0.5)).toBe(true);
});

test('a text that was partly taken by hand is recorded as a trace that verifies', async () => {
  const settings = initialSettings;
  const { events } = await run(settings, 4);
  const hand = await handlers.take({ ...at([events[0]!.id]), settings, id: 100 }, context());
  const behind = [events[0]!.id, hand.id];
  const file = await handlers.trace({ ...at(behind), settings, prompt }, context());
  const verified = await handlers.verify({ model, file }, context());
  expect(verified).toMatchObject({ same: true, prompt, ids: behind });
});

test('beams grow, and the tree’s best text is the search’s', async () => {
  const settings = strategies.find(({ name }) => name === 'beams')!.apply(initialSettings);
  const grown: unknown[] = [];
  const tree = await handlers.beams({ ...at(), settings, maxNewTokens: 5 }, context(grown as never[]));
  expect(grown).toHaveLength(5);
  expect(tree.results).toHaveLength(4);
  const scores = tree.results.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
});

test('one text in several tokenizers: all stand for the same bytes', async () => {
  const text = 'Zoë said: “hi”';
  const { tokenizations, trace } = await handlers.tokenize(
    { text, names: [model, 'words', 'characters'] },
    context(),
  );
  const bytes = new TextEncoder().encode(text).length;
  for (const { pieces } of tokenizations)
    expect(pieces.reduce((sum, piece) => sum + piece.bytes, 0)).toBe(bytes);
  expect(trace?.steps.ids).toEqual([...tokenizations[0]!.pieces.map(({ id }) => id)]);
});

test('a message in its template: every token, and who wrote it', async () => {
  const name = 'tales-chat';
  await handlers.open({ name }, context());
  const { message, tokenizations } = await handlers.tokenize(
    { text: 'Who are you?', names: [name] },
    context(),
  );
  const { tokens } = message!.rendered;
  const own = tokens.filter(({ isMessage }) => isMessage).map(({ id }) => id);
  expect(own).toEqual(tokenizations[0]!.pieces.map(({ id }) => id));
  expect(tokens.length).toBeGreaterThan(own.length);
  expect(tokens[0]).toMatchObject({ token: '<|im_start|>', isMessage: false });
  await handlers.close({ name }, context());
});
