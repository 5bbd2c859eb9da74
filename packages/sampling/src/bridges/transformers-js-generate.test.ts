import {
  AutoModelForCausalLM,
  env,
  LogitsProcessor,
  LogitsProcessorList,
  type PreTrainedModel,
  Tensor,
} from '@huggingface/transformers';
import { hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import type { LogitsProcessor as Processor } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { beforeAll, describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { fromGenerationConfig } from '../presets/from-generation-config';
import { minP } from '../processors/min-p';
import { temperature } from '../processors/temperature';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';
import { gumbelMax } from '../samplers/gumbel-max';
import { contextOf } from '../testing/run-processor';
import type { BridgeOptions } from './bridge-options';
import { transformersJsProcessorList } from './transformers-js';

interface GreedyCase {
  readonly name: string;
  readonly prompt_ids: readonly number[];
  readonly max_new_tokens: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly ids: readonly number[];
}

const prompt = [1, 403, 407, 261, 378];

describe.skipIf(!hasShared)('transformers.js generates with our processors (stories260k)', () => {
  let model: PreTrainedModel;

  beforeAll(async () => {
    env.allowRemoteModels = false;
    env.localModelPath = sharedPath('data/models');
    model = await AutoModelForCausalLM.from_pretrained('stories260k-onnx', { dtype: 'fp32', device: 'cpu' });
  }, 60_000);

  async function generate(
    ids: readonly number[],
    settings: object,
    list?: LogitsProcessorList,
  ): Promise<number[]> {
    const shape = [1, ids.length];
    const output = await model.generate({
      inputs: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
      ...(list === undefined ? {} : { logits_processor: list }),
      ...settings,
    });
    return Array.from((output as Tensor).data as BigInt64Array, Number);
  }

  const listOf = (processor: Processor, options: BridgeOptions = {}) =>
    transformersJsProcessorList({ LogitsProcessor, LogitsProcessorList }, processor, options);

  test("greedy with every kind of processor: the tokens of Python's transformers", async () => {
    const { cases } = readGolden<{ cases: GreedyCase[] }>('generate/greedy_processors.json');
    // Each config on one of its two prompts.
    const chosen = cases.filter(({ name }) => name.endsWith('/0'));
    for (const { name, prompt_ids, max_new_tokens, config, ids } of chosen) {
      const { processors, loop } = fromGenerationConfig({ ...config, max_new_tokens });
      const eos = loop.endTokenIds.length === 0 ? {} : { eos_token_id: [...loop.endTokenIds] };
      const list = listOf(processors);
      expect(await generate(prompt_ids, { max_new_tokens, ...eos }, list), name).toEqual(ids);
    }
    expect(chosen.length).toBeGreaterThan(15);
  }, 60_000);

  test.each<[string, object, Processor]>([
    ['top_p', { top_p: 1e-9 }, topP(1e-9)],
    ['min_p', { min_p: 1 }, minP(1)],
    ['typical_p', { typical_p: 1e-9 }, typicalP(1e-9)],
  ])(
    '%s is accepted and ignored there; ours acts',
    async (_name, settings, processor) => {
      const sampled = { do_sample: true, top_k: 0, max_new_tokens: 24 };
      const runs = async (given: object, list?: LogitsProcessorList) => {
        const all: string[] = [];
        for (let i = 0; i < 3; i++) all.push(String(await generate(prompt, { ...sampled, ...given }, list)));
        return new Set(all);
      };
      // With one token left at every step all runs are one; with nothing cut they are not.
      expect((await runs(settings)).size).toBeGreaterThan(1);
      expect((await runs({}, listOf(processor))).size).toBe(1);
    },
    60_000,
  );

  test('top-p and min-p near 0 and 1 leave the greedy text', async () => {
    const greedy = await generate(prompt, { max_new_tokens: 24 });
    for (const processor of [topP(1e-9), minP(1)]) {
      const sampled = { do_sample: true, top_k: 0, max_new_tokens: 24 };
      expect(await generate(prompt, sampled, listOf(processor))).toEqual(greedy);
    }
  }, 60_000);

  test('a sampler of ours decides: same seed, same text, and the one that its rows give', async () => {
    const rows: Float32Array[] = [];
    const recorder = {
      kind: 'processor' as const,
      type: 'recorder',
      parameters: {},
      process: (scores: Float32Array) => void rows.push(scores.slice()),
    };
    const processor = chain(temperature(1.3), topP(0.9));
    const settings = { do_sample: true, max_new_tokens: 24 };
    const text = (seed: number, first: Processor = chain()) =>
      generate(
        prompt,
        settings,
        listOf(chain(first, processor), { sampler: gumbelMax(), random: createRandom(seed) }),
      );
    const one = await text(5, recorder);
    expect(await text(5)).toEqual(one);
    expect(await text(6)).not.toEqual(one);

    const random = createRandom(5).fork(0);
    const again = rows.map((row) => {
      processor.process(row, contextOf(), processor.initialState());
      return gumbelMax().sample(row, { random, row: 0 }, undefined).id;
    });
    expect([...prompt, ...again]).toEqual(one);
  }, 60_000);
});
