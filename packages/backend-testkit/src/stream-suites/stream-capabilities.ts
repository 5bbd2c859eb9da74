import { check, checkEqual } from '../check/check';
import { firstLoss } from '../check/first-loss';
import type { StreamSuite } from '../stream-kit/stream-suite';

const forms = ['text', 'ids', 'messages'];
const options = [
  'maxNewTokens',
  'minNewTokens',
  'stopStrings',
  'stopTokenIds',
  'seed',
  'logprobs',
  'promptLogprobs',
  'continueFinalMessage',
];
const whole = (value: unknown, least: number): boolean =>
  value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) >= least);

/** What the stream model says about itself is of the right type and range. */
export const streamCapabilitiesSuite: StreamSuite = {
  name: 'capabilities',
  tests: [
    {
      name: 'the model names its specification, itself and what is at the other end',
      run: async ({ model }) => {
        checkEqual(model.specification, 'nexttoken-stream-1', 'specification');
        check(typeof model.modelId === 'string' && model.modelId !== '', 'modelId must be a name');
        const { backend } = model.describe();
        check(typeof backend === 'string' && backend !== '', 'describe().backend must be a name');
        const lost = firstLoss(model.describe(), 'describe()');
        check(lost === undefined, `${lost} does not survive JSON`);
      },
    },
    {
      name: 'the capabilities are complete and in range',
      run: async ({ model: { capabilities } }) => {
        const names = {
          prompts: forms,
          options,
          processors: undefined,
          samplers: undefined,
        } as const;
        for (const [name, known] of Object.entries(names)) {
          const list: unknown = capabilities[name as keyof typeof names];
          check(Array.isArray(list), `capabilities.${name} must be a list`);
          checkEqual(new Set(list).size, list.length, `different names in capabilities.${name}`);
          const wrong = list.find((one) => typeof one !== 'string' || (known && !known.includes(one)));
          check(wrong === undefined, `capabilities.${name} names ${JSON.stringify(wrong)}`);
        }
        check(capabilities.prompts.length > 0, 'capabilities.prompts must name a form');
        check(capabilities.samplers.length > 0, 'capabilities.samplers must name a sampler');
        for (const name of ['tokenIds', 'tokenBytes', 'deterministic'] as const) {
          const value: unknown = capabilities[name];
          check(typeof value === 'boolean', `capabilities.${name} must be a boolean, got ${value}`);
        }
        for (const name of ['maxCandidates', 'maxStopStrings'] as const) {
          const value = capabilities[name];
          check(whole(value, 0), `capabilities.${name} must be a whole number or Infinity, got ${value}`);
        }
        const { contextLength } = capabilities;
        check(
          contextLength === undefined || whole(contextLength, 1),
          `capabilities.contextLength must be a whole number, got ${contextLength}`,
        );
      },
    },
  ],
};
