import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contrastiveSearch } from '@nexttoken/generate';
import type { Session } from '@nexttoken/model';
import { softmax, topIndices } from '@nexttoken/numeric';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

let loaded: LoadedModel;
let cacheFolder: string;
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-contrastive-'));
  loaded = await load('tales', { cacheFolder });
});
afterAll(async () => {
  await loaded.dispose();
  await rm(cacheFolder, { recursive: true, force: true });
});

/** The whole text read anew: probabilities of the next token, and the last layer's states scaled to length 1. */
async function readAll(session: Session, ids: readonly number[]) {
  await session.truncate([0]);
  const { logits, hiddenStates } = await session.forward([ids], { capture: { hiddenStates: true } });
  const { data, width, layers } = hiddenStates![0]!;
  const states = ids.map((_, position) => {
    const start = ((layers - 1) * ids.length + position) * width;
    const state = data.slice(start, start + width);
    const length = Math.hypot(...state);
    return state.map((value) => value / length);
  });
  return { probabilities: softmax(logits[0]!.data), states };
}

test('contrastive search on a real model is its definition, everything computed anew at every step', async () => {
  const [k, alpha] = [4, 0.6];
  const { model, tokenizer } = loaded;
  const prompt = 'Once upon a time, there was a little girl named Lily. She';
  const ids = [...tokenizer.encode(prompt).ids];
  const expected: number[] = [];
  const session = await model.createSession();
  for (let step = 0; step < 12; step++) {
    const text = [...ids, ...expected];
    const { probabilities, states } = await readAll(session, text);
    let best = { id: -1, score: Number.NEGATIVE_INFINITY };
    for (const id of topIndices(probabilities, k)) {
      const candidate = (await readAll(session, [...text, id])).states.at(-1)!;
      const cosines = states.map((state) => state.reduce((sum, value, i) => sum + value * candidate[i]!, 0));
      const score = (1 - alpha) * probabilities[id]! - alpha * Math.max(...cosines);
      if (score > best.score) best = { id, score };
    }
    expected.push(best.id);
  }
  await session.dispose();
  const options = { model, tokenizer, prompt, k, alpha, maxNewTokens: 12, endTokenIds: [] };
  let actual: readonly number[] = [];
  for await (const event of contrastiveSearch(options)) if (event.type === 'finish') actual = [...event.ids];
  expect(actual).toEqual(expected);
});
