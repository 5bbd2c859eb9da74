import type { StreamUsage } from '@nexttoken/model';
import { check, checkEqual } from '../check/check';
import type { StreamKit } from '../stream-kit/stream-kit';
import type { StreamSuite } from '../stream-kit/stream-suite';

const reasons = [
  'end-token',
  'stop-string',
  'stop-token',
  'stop',
  'max-new-tokens',
  'context-length',
  'content-filter',
  'tool-calls',
  'other',
];

function checkUsage(usage: StreamUsage, most: number): void {
  for (const name of ['promptTokens', 'newTokens', 'cachedTokens'] as const) {
    const value = usage[name];
    if (name === 'cachedTokens' && value === undefined) continue;
    check(Number.isInteger(value) && value! >= 0, `usage.${name} must be a whole number, got ${value}`);
  }
  check(usage.promptTokens > 0, 'usage.promptTokens is 0 although there was a prompt');
  check(usage.newTokens <= most, `usage.newTokens is ${usage.newTokens}, ${most} were allowed`);
}

/** The most tokens that a plain request may bring. */
const mostOf = ({ model, maxNewTokens }: StreamKit): number =>
  model.capabilities.options.includes('maxNewTokens') ? maxNewTokens : Number.POSITIVE_INFINITY;

/** Which events come, in which order, and what they add up to. */
export const eventsSuite: StreamSuite = {
  name: 'events',
  tests: [
    {
      name: 'deltas, then one finish that holds their text',
      run: async (kit) => {
        for (const index of [0, 1, 2]) {
          const { events, text, finish } = await kit.read(kit.request({}, index));
          const types = events.map(({ type }) => type);
          checkEqual(types, [...types.slice(0, -1).map(() => 'delta'), 'finish'], 'types of the events');
          check(text !== '', 'the text is empty');
          checkEqual(finish.text, text, 'the text of the finish event');
          check(reasons.includes(finish.reason), `the reason ${finish.reason} is not in the contract`);
          if (finish.usage) checkUsage(finish.usage, mostOf(kit));
        }
      },
    },
    {
      name: 'each text is well-formed: none ends within a character',
      run: async (kit) => {
        for (const index of [0, 1, 2]) {
          const { events } = await kit.read(kit.request({}, index));
          for (const event of events) {
            if (event.type === 'prompt') continue;
            const text: unknown = event.text;
            check(typeof text === 'string', `the text of a ${event.type} is ${text}`);
            const half = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text);
            check(!half, `the text ${JSON.stringify(text)} holds half a character`);
          }
        }
      },
    },
    {
      name: 'after the finish event the iterator is done',
      run: async (kit) => {
        const iterator = kit.model.stream(kit.request())[Symbol.asyncIterator]();
        for (let next = await iterator.next(); !next.done; next = await iterator.next());
        checkEqual(await iterator.next(), { done: true }, 'next() after the end');
      },
    },
    ...(['text', 'ids', 'messages'] as const).map((kind) => ({
      name: `a prompt as ${kind} is continued`,
      needs: { prompts: [kind] },
      run: async (kit: StreamKit) => {
        const { text } = await kit.read({ ...kit.request(), prompt: kit.prompts(kind)[0]! });
        check(text !== '', `the text that continues a prompt as ${kind} is empty`);
      },
    })),
  ],
};
