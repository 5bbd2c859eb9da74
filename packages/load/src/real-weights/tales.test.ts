import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, generate } from '@nexttoken/generate';
import { nextTokenTable } from '@nexttoken/inspector';
import { categorical, temperature } from '@nexttoken/sampling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, load } from '../index';

/** What Hugging Face transformers answers on the same fp16 weights; made by the training recipe. */
interface Reference {
  readonly [model: string]: readonly {
    prompt: string;
    ids: number[];
    top_ids: number[];
    top_logits: number[];
  }[];
}
const referenceFile = new URL('../../../tiny-models/testdata/reference-logits.json', import.meta.url);
const reference: Reference = existsSync(referenceFile) ? JSON.parse(readFileSync(referenceFile, 'utf8')) : {};

let cacheFolder: string;
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-tales-'));
});
afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

async function bestAfter({ model, tokenizer }: LoadedModel, prompt: string) {
  const session = await model.createSession();
  const { logits } = await session.forward([tokenizer.encode(prompt).ids]);
  const [best] = nextTokenTable(logits[0]!.data, tokenizer, { top: 1 }).rows;
  await session.dispose();
  return best!;
}

describe.each(['tales', 'tales-chat'])('%s against transformers', (name) => {
  test.each(reference[name] ?? [])('logits after $prompt', async ({ prompt, ids, top_ids, top_logits }) => {
    const { model, tokenizer, dispose } = await load(name, { cacheFolder });
    expect([...tokenizer.encode(prompt).ids]).toEqual(ids);
    const session = await model.createSession();
    const { logits } = await session.forward([ids]);
    top_ids.forEach((id, rank) => {
      expect(Math.abs(logits[0]!.data[id]! - top_logits[rank]!)).toBeLessThan(1e-3);
    });
    await dispose();
  });

  test('there are reference logits', () => {
    expect(reference[name]?.length).toBeGreaterThanOrEqual(3);
  });
});

describe('tales', () => {
  let loaded: LoadedModel;
  beforeAll(async () => {
    loaded = await load('tales', { cacheFolder });
  });
  afterAll(() => loaded.dispose());

  test('knows the capital of France', async () => {
    const best = await bestAfter(loaded, 'The capital of France is');
    expect(best.text).toBe(' Paris');
    expect(best.probability).toBeGreaterThan(0.5);
  });

  test('knows a sum', async () => {
    expect((await bestAfter(loaded, '2 + 2 = ')).text).toBe('4');
  });

  test('tells a story of 100 tokens without stopping or repeating itself', async () => {
    const { model, tokenizer } = loaded;
    const options = {
      model,
      tokenizer,
      prompt: 'Once upon a time',
      processors: [temperature(0.8)],
      sampler: categorical(),
    };
    const { ids, text } = await collect(
      generate({ ...options, seed: 1, maxNewTokens: 100, endTokenIds: [] }),
    );
    expect(ids.length).toBe(100);
    expect(text).toMatch(/[.!?"] ?[A-Z]/);
    expect(new Set(text.split(/\s+/)).size).toBeGreaterThan(25);
  });
});

/** The fifteen questions of the model card. */
const questions: readonly [question: string, answer: RegExp][] = [
  ['What is the capital of France?', /Paris/],
  ["What's the capital of Japan?", /Tokyo/],
  ['Which city is the capital of Spain?', /Madrid/],
  ['What colour is grass?', /green/],
  ['What is the opposite of big?', /small|little/],
  ['What sound does a cow make?', /moo/],
  ['What is 2 + 3?', /\b5\b|\bfive\b/],
  ['What is four plus four?', /\beight\b|\b8\b/],
  ['What day comes after Friday?', /Saturday/],
  ['How many legs does a spider have?', /\beight\b|\b8\b/],
  ['Count from 1 to 5.', /1, 2, 3, 4, 5$/],
  ['What do bees make?', /honey/],
  ['Is a rose a flower?', /^Yes/],
  ['Who are you?', /small language model/],
  ['Hello!', /Hello/],
];

describe('tales-chat', () => {
  test('answers at least 12 of 15 questions and stops at its end token', async () => {
    const { model, tokenizer, chatTemplate, generationConfig, dispose } = await load('tales-chat', {
      cacheFolder,
    });
    const { endTokenIds } = generationConfig;
    let right = 0;
    for (const [question, answer] of questions) {
      const prompt = tokenizer.encode(chatTemplate!.render([{ role: 'user', content: question }]), {
        addSpecialTokens: false,
      }).ids;
      const { text, reason } = await collect(
        generate({ model, tokenizer, prompt, maxNewTokens: 60, endTokenIds }),
      );
      if (answer.test(text) && reason === 'end-token') right++;
      else console.info(`tales-chat: ${question} → ${text} (${reason})`);
    }
    await dispose();
    expect(right).toBeGreaterThanOrEqual(12);
  });
});
