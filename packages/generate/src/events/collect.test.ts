import type { GenerationEvent } from '@nexttoken/model';
import { describe, expect, test } from 'vitest';
import { collect } from './collect';

async function* eventsOf(...events: GenerationEvent[]): AsyncGenerator<GenerationEvent> {
  yield* events;
}

const step = {
  type: 'step',
  row: 0,
  step: 0,
  id: 4,
  logit: 1,
  probability: 0.5,
  score: 1,
  share: 0.5,
} as const;
const finish = {
  type: 'finish',
  row: 0,
  reason: 'max-new-tokens',
  ids: Int32Array.of(4),
  text: 'a',
} as const;

describe('collect', () => {
  test('keeps steps and the finish event', async () => {
    const events = eventsOf(
      { type: 'prefill', done: 1, total: 1 },
      step,
      { type: 'text', row: 0, text: 'a' },
      finish,
    );
    expect(await collect(events)).toEqual({
      ids: Int32Array.of(4),
      text: 'a',
      reason: 'max-new-tokens',
      steps: [step],
    });
  });

  test('refuses several rows, and a run without an end', async () => {
    await expect(collect(eventsOf({ ...step, row: 1 }))).rejects.toMatchObject({ code: 'invalid-parameter' });
    await expect(collect(eventsOf(step))).rejects.toMatchObject({ code: 'invalid-parameter' });
  });
});
