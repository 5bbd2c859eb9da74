import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import {
  adaptiveP,
  categorical,
  greedy,
  gumbelMax,
  mirostat,
  mirostatV2,
  temperature,
  topK,
  xtc,
} from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { promptLookup } from '../draft/prompt-lookup';
import { collect } from '../events/collect';
import { collectRows } from '../events/collect-rows';
import { generate } from '../loop/generate';
import type { GenerateOptions } from '../options/generate-options';
import { startRun } from '../run/start-run';
import { createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { patternConstraint } from '../testing/pattern-constraint';

const pieces = ['a', 'b', 'c', 'd', '-', 'x', 'y', 'z', '-x', 'xy', 'yz', '<end>'];
const end = pieces.indexOf('<end>');
const tokenizer = createPieceTokenizer(pieces, { special: ['<end>'], eos: end });
const model = createTestModel({ vocabSize: pieces.length, logitsAfter: hashedLogits(pieces.length) });
/** Choices of four, and between them texts that can be cut in several ways. */
const places = Array.from({ length: 5 }, () => ['abcd', '-', 'x', 'y', 'z']).flat();
const grammar = patternConstraint(places, tokenizer);
const shared = { model, tokenizer, prompt: [0, 1], maxNewTokens: 60 };
const both = [true, false] as const;

/** A run with and without jumping, each with a source of its own. */
const inBothWays = (options: Partial<GenerateOptions>, seed: number) =>
  Promise.all(
    both.map(async (jumpForward) => {
      const random = createRandom(seed);
      const row = await collect(generate({ ...shared, ...options, random, jumpForward }));
      return { ...row, ids: Array.from(row.ids), next: random.state };
    }),
  );

const drawsOf = (steps: readonly { readonly draw?: number }[]) => steps.flatMap(({ draw }) => draw ?? []);

describe('with and without jumping forward', () => {
  const samplers: readonly Sampler[] = [
    greedy(),
    categorical(),
    gumbelMax(),
    mirostat(3),
    mirostatV2(3),
    adaptiveP(0.4),
  ].map((sampler) => sampler as Sampler);
  const chains: Readonly<Record<string, readonly LogitsProcessor[]>> = {
    'the grammar alone': [grammar as LogitsProcessor],
    'a chain that draws': [grammar as LogitsProcessor, temperature(1.4), xtc(0.5, { threshold: 0.1 })],
    'a chain that removes what is forced': [temperature(0.7), grammar as LogitsProcessor, topK(1)],
  };

  for (const [name, processors] of Object.entries(chains)) {
    test.each(samplers)(`${name}, $type: the same ids, draws and what is drawn next`, async (sampler) => {
      const texts = new Set<string>();
      for (let seed = 0; seed < 10; seed++) {
        const [jumped, stepped] = await inBothWays({ processors, sampler }, seed);
        expect(jumped!.text).toMatch(/^([abcd]-xyz){5}$/);
        expect(stepped!.ids).toEqual(jumped!.ids);
        expect(stepped!.text).toBe(jumped!.text);
        expect(stepped!.reason).toBe('end-token');
        expect(drawsOf(stepped!.steps)).toEqual(drawsOf(jumped!.steps));
        expect(stepped!.next).toEqual(jumped!.next);
        // What jumping chooses, stepping chooses at the same steps; all others are forced.
        const chosen = new Set(jumped!.steps.map(({ step }) => step));
        expect(chosen.size).toBeLessThan(jumped!.ids.length);
        expect(stepped!.steps.filter(({ step }) => chosen.has(step))).toEqual(jumped!.steps);
        const forced = stepped!.steps.filter(({ step }) => !chosen.has(step));
        for (const step of forced) {
          expect(step).toMatchObject({ score: 0, share: 1 });
          expect(step).not.toHaveProperty('draw');
          expect(step.probability).toBeLessThan(1);
        }
        expect(stepped!.steps).toHaveLength(stepped!.ids.length);
        texts.add(jumped!.text);
      }
      if (sampler.type !== 'greedy' && name !== 'a chain that removes what is forced')
        expect(texts.size).toBeGreaterThan(5);
    });
  }

  test('what is captured is drawn for nobody', async () => {
    const processors = [grammar as LogitsProcessor, xtc(0.5, { threshold: 0.1 }), topK(2)];
    const options = { processors, sampler: categorical() };
    for (let seed = 0; seed < 10; seed++) {
      const [plain] = await inBothWays(options, seed);
      for (const capture of [{ trace: true }, { logits: true, scores: true }]) {
        const [, told] = await inBothWays({ ...options, capture }, seed);
        expect(told!.ids).toEqual(plain!.ids);
        expect(told!.next).toEqual(plain!.next);
      }
    }
  });

  test('several rows, drafts, recorded runs', async () => {
    const processors = [grammar as LogitsProcessor, temperature(1.2)];
    const options = { ...shared, processors, sampler: categorical() };
    const rows = { prompts: [[0], [1, 2]], numReturnSequences: 2, seeds: [5, 6, 7, 8] };
    const idsOf = async (more: Partial<GenerateOptions>, jumpForward: boolean) => {
      const { prompt: _, ...rest } = options;
      const found = await collectRows(generate({ ...rest, ...more, jumpForward }));
      return found.map(({ ids }) => Array.from(ids));
    };
    expect(await idsOf(rows, false)).toEqual(await idsOf(rows, true));
    for (let seed = 0; seed < 5; seed++) {
      const one = { prompt: [0, 4, 5, 6, 7, 0], seed };
      const plain = await idsOf(one, true);
      expect(await idsOf({ ...one, draft: promptLookup() }, true)).toEqual(plain);
      expect(await idsOf({ ...one, draft: promptLookup() }, false)).toEqual(plain);
    }
    const [jumped, stepped] = await Promise.all(
      both.map(async (jumpForward) => {
        const run = await startRun({ ...options, seed: 3, jumpForward });
        await run.dispose();
        return run.record;
      }),
    );
    expect(stepped!.ids).toEqual(jumped!.ids);
    expect(stepped!.draws).toEqual(jumped!.draws);
  });

  test('limits end both alike; an end that comes too early is chosen, and there is none', async () => {
    const options = { processors: grammar as LogitsProcessor, sampler: categorical() };
    for (let maxNewTokens = 1; maxNewTokens < 22; maxNewTokens++) {
      const [jumped, stepped] = await inBothWays({ ...options, maxNewTokens }, 4);
      expect(stepped!.ids).toEqual(jumped!.ids);
      expect(stepped!.reason).toBe(jumped!.reason);
    }
    const [jumped, stepped] = await inBothWays({ ...options, stopStrings: ['z'] }, 4);
    expect(stepped!.text).toBe(jumped!.text);
    for (const jumpForward of both) {
      const run = collect(generate({ ...shared, ...options, jumpForward, minNewTokens: 60 }));
      await expect(run).rejects.toMatchObject({ code: 'no-candidates' });
    }
  });

  test('one candidate that a chain has left is drawn as ever', async () => {
    const options = { processors: topK(1), sampler: categorical(), endTokenIds: [] };
    const [jumped, stepped] = await inBothWays({ ...options, maxNewTokens: 6 }, 1);
    expect(drawsOf(jumped!.steps)).toHaveLength(6);
    expect(stepped).toEqual(jumped);
  });
});
