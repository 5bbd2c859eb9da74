import { readFileSync } from 'node:fs';
import { NextTokenError } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { collect } from '../events/collect';
import { generate } from '../loop/generate';
import { createTestModel, createTinyTransformer, hashedLogits } from '../testing';
import type { ContrastEvent, ContrastiveSearchEvent } from './contrastive-events';
import { contrastiveSearch } from './contrastive-search';

interface Reference {
  readonly cases: readonly {
    readonly prompt: number[];
    readonly k: number;
    readonly alpha: number;
    readonly ids: number[];
    readonly steps: readonly (readonly [id: number, probability: number, penalty: number, score: number][])[];
  }[];
}

/** Made by `testdata/make-contrastive.py` over the same weights. */
const file = new URL('../../testdata/contrastive.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as Reference;

async function eventsOf(events: AsyncIterable<ContrastiveSearchEvent>): Promise<ContrastiveSearchEvent[]> {
  const list = [];
  for await (const event of events) list.push(event);
  return list;
}

const idsOf = (events: readonly ContrastiveSearchEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'step' ? [event.id] : []));

describe('contrastiveSearch', () => {
  test.each(cases)('against numpy: $prompt, k $k, alpha $alpha', async ({ prompt, k, alpha, ids, steps }) => {
    const model = createTinyTransformer();
    const events = await eventsOf(contrastiveSearch({ model, prompt, k, alpha, maxNewTokens: 16 }));
    expect([...prompt, ...idsOf(events)]).toEqual(ids);
    const weighed = events.filter((event): event is ContrastEvent => event.type === 'contrast');
    expect(weighed).toHaveLength(16);
    for (const [step, rows] of steps.entries()) {
      const own = weighed[step]!.candidates;
      expect(own.map(({ id }) => id)).toEqual(rows.map(([id]) => id));
      for (const [index, [, probability, penalty, score]] of rows.entries()) {
        expect(own[index]!.probability).toBeCloseTo(probability, 5);
        expect(own[index]!.penalty).toBeCloseTo(penalty, 5);
        expect(own[index]!.score).toBeCloseTo(score, 5);
      }
    }
    expect(model.log.live).toBe(0);
  });

  test('k 1 and alpha 0 are greedy', async () => {
    const model = createTinyTransformer();
    const options = { model, prompt: [5, 6], maxNewTokens: 12 };
    const { ids } = await collect(generate(options));
    for (const weights of [
      { k: 1, alpha: 0.7 },
      { k: 6, alpha: 0 },
    ]) {
      expect(idsOf(await eventsOf(contrastiveSearch({ ...options, ...weights })))).toEqual([...ids]);
    }
  });

  test('an abort ends it with what there is; leaving closes the session', async () => {
    const model = createTinyTransformer();
    const controller = new AbortController();
    const events: ContrastiveSearchEvent[] = [];
    const options = { model, prompt: [5, 6], k: 4, alpha: 0.5, maxNewTokens: 12 };
    for await (const event of contrastiveSearch({ ...options, signal: controller.signal })) {
      events.push(event);
      if (event.type === 'step' && event.step === 2) controller.abort();
    }
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'aborted' });
    expect(idsOf(events)).toHaveLength(3);
    for await (const event of contrastiveSearch(options)) if (event.type === 'contrast') break;
    expect(model.log.live).toBe(0);
  });

  test('refuses illegal weights, and a model that keeps its hidden states', () => {
    const options = { model: createTinyTransformer(), prompt: [1], k: 4, alpha: 0.5, maxNewTokens: 3 };
    expect(() => contrastiveSearch({ ...options, k: 0 })).toThrow(/k must be/);
    expect(() => contrastiveSearch({ ...options, alpha: 1.1 })).toThrow(/alpha must be/);
    expect(() => contrastiveSearch({ ...options, sampler: 1 } as never)).toThrow(NextTokenError);
    const model = createTestModel({ vocabSize: 4, logitsAfter: hashedLogits(4) });
    expect(() => contrastiveSearch({ ...options, model })).toThrow(
      expect.objectContaining({ code: 'unsupported-capability', details: { capability: 'hiddenStates' } }),
    );
  });
});
