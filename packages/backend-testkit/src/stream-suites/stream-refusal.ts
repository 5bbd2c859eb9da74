import type { StreamOption, StreamRequest } from '@nexttoken/model';
import { check } from '../check/check';
import { checkRejects } from '../check/check-rejects';
import { processorData, samplerData } from '../stream-kit/sampling-data';
import type { StreamKit } from '../stream-kit/stream-kit';
import type { StreamSuite } from '../stream-kit/stream-suite';

/** A value of each option that asks for something. */
const asking: Readonly<Record<StreamOption, Partial<StreamRequest>>> = {
  maxNewTokens: { maxNewTokens: 4 },
  minNewTokens: { minNewTokens: 2 },
  stopStrings: { stopStrings: ['x'] },
  stopTokenIds: { stopTokenIds: [1] },
  seed: { seed: 1 },
  logprobs: { logprobs: 0 },
  promptLogprobs: { promptLogprobs: 0 },
  continueFinalMessage: { continueFinalMessage: true },
};
const processors = ['temperature', 'topK', 'topP', 'minP', 'typicalP', 'xtc', 'dry', 'repetitionPenalty'];
const samplers = ['greedy', 'categorical', 'gumbelMax', 'mirostat', 'mirostatV2', 'adaptiveP'];
const prompts = {
  text: { text: 'Once' },
  ids: { ids: [1, 2] },
  messages: { messages: [{ role: 'user', content: 'Once' }] },
};

/** The first `next()` must reject with `unsupported-option` and these details. */
async function checkRefused(
  kit: StreamKit,
  more: object,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const what = `a request with ${JSON.stringify(details)}`;
  const iterator = kit.model.stream({ ...kit.request(), ...more } as StreamRequest)[Symbol.asyncIterator]();
  const error = await checkRejects(() => iterator.next(), 'unsupported-option', what);
  for (const [name, value] of Object.entries(details)) {
    const given = error.details[name];
    check(given === value, `${what}: details.${name} must be ${value}, got ${JSON.stringify(given)}`);
  }
}

/** What is not declared is refused by name, before anything is written. */
export const streamRefusalSuite: StreamSuite = {
  name: 'refusal',
  tests: [
    {
      name: 'options, prompts and samplers that are not declared',
      run: async (kit) => {
        const { capabilities } = kit.model;
        for (const [option, more] of Object.entries(asking) as [StreamOption, Partial<StreamRequest>][]) {
          if (option === 'continueFinalMessage' && !capabilities.prompts.includes('messages')) continue;
          const prompt = option === 'continueFinalMessage' ? { prompt: prompts.messages } : {};
          if (!capabilities.options.includes(option))
            await checkRefused(kit, { ...prompt, ...more }, { option });
        }
        for (const kind of ['text', 'ids', 'messages'] as const) {
          if (capabilities.prompts.includes(kind)) continue;
          await checkRefused(kit, { prompt: prompts[kind] }, { option: 'prompt', kind });
        }
        for (const sampler of [...samplers, 'noSuchSampler']) {
          if (capabilities.samplers.includes(sampler)) continue;
          await checkRefused(kit, { sampler: samplerData(sampler) }, { option: 'sampler', sampler });
        }
      },
    },
    {
      name: 'processors that are not declared, also within a chain',
      run: async (kit) => {
        for (const processor of [...processors, 'noSuchProcessor']) {
          if (kit.model.capabilities.processors.includes(processor)) continue;
          const data = processorData(processor, {});
          const details = { option: 'processors', processor };
          await checkRefused(kit, { processors: [data] }, details);
          const chain = processorData('chain', { processors: [data] });
          await checkRefused(kit, { processors: [chain] }, details);
        }
      },
    },
    {
      name: 'more candidates and stop strings than declared',
      run: async (kit) => {
        const { maxCandidates, maxStopStrings, options } = kit.model.capabilities;
        for (const option of ['logprobs', 'promptLogprobs'] as const) {
          if (!options.includes(option) || maxCandidates === Number.POSITIVE_INFINITY) continue;
          await checkRefused(kit, { [option]: maxCandidates + 1 }, { option });
        }
        if (!options.includes('stopStrings') || maxStopStrings === Number.POSITIVE_INFINITY) return;
        const stopStrings = Array.from({ length: maxStopStrings + 1 }, (_, index) => `stop ${index}`);
        await checkRefused(kit, { stopStrings }, { option: 'stopStrings' });
      },
    },
    {
      name: 'unknown options, illegal values and empty prompts',
      run: async (kit) => {
        await checkRefused(kit, { temperature: 0.5 }, { option: 'temperature' });
        const next = (more: object) => () =>
          kit.model
            .stream({ ...kit.request(), ...more } as StreamRequest)
            [Symbol.asyncIterator]()
            .next();
        const { options, prompts: forms } = kit.model.capabilities;
        const illegal: readonly (readonly [StreamOption, unknown])[] = [
          ['maxNewTokens', 0],
          ['maxNewTokens', 1.5],
          ['seed', -1],
          ['logprobs', -1],
          ['stopStrings', ['']],
        ];
        for (const [option, value] of illegal) {
          if (!options.includes(option)) continue;
          const what = `${option} ${JSON.stringify(value)}`;
          await checkRejects(next({ [option]: value }), 'invalid-parameter', what, ['parameter']);
        }
        await checkRejects(next({ prompt: {} }), 'invalid-parameter', 'a prompt that is none');
        if (forms.includes('text'))
          await checkRejects(next({ prompt: { text: '' } }), 'empty-prompt', 'an empty prompt');
      },
    },
    {
      name: 'stream() itself never throws; after a refusal the model goes on',
      run: async (kit) => {
        try {
          kit.model.stream({ prompt: {} } as never);
        } catch (error) {
          throw new Error(`stream() threw ${error}; the first next() must reject instead`);
        }
        await kit.read(kit.request());
      },
    },
  ],
};
