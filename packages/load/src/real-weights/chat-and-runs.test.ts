import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chat, collect, generate, startRun, verifyRun } from '@nexttoken/generate';
import { categorical, repetitionPenalty, temperature, topP } from '@nexttoken/sampling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

let cacheFolder: string;
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-chat-'));
});
afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

test('chat with tales-chat: answers in a row, each what generate says to the rendered messages', async () => {
  const { model, tokenizer, chatTemplate, generationConfig, dispose } = await load('tales-chat', {
    cacheFolder,
  });
  const { endTokenIds } = generationConfig;
  const options = { model, tokenizer, maxNewTokens: 40, endTokenIds };
  const talk = chat({ ...options, chatTemplate: chatTemplate! });
  for (const [question, expected] of [
    ['What is the capital of France?', /Paris/],
    ['What colour is grass?', /green/],
  ] as const) {
    const messages = [...talk.messages, { role: 'user', content: question }];
    const prompt = tokenizer.encode(chatTemplate!.render(messages), { addSpecialTokens: false }).ids;
    const { text } = await collect(generate({ ...options, prompt }));
    for await (const event of talk.send(question)) {
      if (event.type === 'finish') expect(event.reason).toBe('end-token');
    }
    expect(talk.messages.at(-1)).toEqual({ role: 'assistant', content: text });
    if (messages.length === 1) expect(text).toMatch(expected);
  }
  await talk.dispose();
  await dispose();
});

describe('runs of tales', () => {
  let loaded: LoadedModel;
  beforeAll(async () => {
    loaded = await load('tales', { cacheFolder });
  });
  afterAll(() => loaded?.dispose());

  test('saved, verified, forked: the cache is branched, and a fork is what generate says', async () => {
    const { model, tokenizer } = loaded;
    const processors = [repetitionPenalty(1.1), temperature(0.8), topP(0.9)];
    const shared = { model, tokenizer, processors, sampler: categorical(), endTokenIds: [] };
    const run = await startRun({ ...shared, prompt: 'Once upon a time', seed: 4, maxNewTokens: 30 });
    const saved = JSON.stringify(run.record);
    expect(await verifyRun(saved, { model, tokenizer })).toMatchObject({ same: true });
    expect(await verifyRun(saved, { model, tokenizer, atOnce: true })).toMatchObject({ same: true });

    const same = await run.fork({ step: 11 });
    expect(same.record.ids).toEqual(run.record.ids);
    const token = tokenizer.encode(' dragon', { addSpecialTokens: false }).ids[0]!;
    const fork = await run.fork({ step: 10, token, seed: 9 });
    const kept = [...run.record.ids.slice(0, 10), token];
    const prompt = [...run.record.promptIds, ...kept];
    const { ids } = await collect(generate({ ...shared, prompt, seed: 9, maxNewTokens: 19 }));
    expect(fork.record.ids).toEqual([...kept, ...ids]);
    expect(await verifyRun(JSON.stringify(fork.record), { model, tokenizer })).toMatchObject({ same: true });
    for (const each of [run, same, fork]) await each.dispose();
    expect(model.describe().liveSessions ?? 0).toBe(0);
  });
});
