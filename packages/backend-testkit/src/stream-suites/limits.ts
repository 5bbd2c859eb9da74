import { check, checkEqual } from '../check/check';
import type { StreamSuite } from '../stream-kit/stream-suite';

/** How long a text may become. */
export const limitsSuite: StreamSuite = {
  name: 'limits',
  tests: [
    {
      name: 'maxNewTokens is the most that comes',
      needs: { options: ['maxNewTokens'] },
      run: async (kit) => {
        const counted = kit.model.capabilities.options.includes('logprobs');
        for (const maxNewTokens of [1, 3]) {
          const more = { maxNewTokens, ...(counted && { logprobs: 0 }) };
          const { tokens, finish } = await kit.read(kit.request(more));
          const count = Math.max(tokens.length, finish.usage?.newTokens ?? 0);
          check(count <= maxNewTokens, `maxNewTokens ${maxNewTokens}: ${count} tokens came`);
        }
      },
    },
    {
      name: 'a text that was cut says so, and is the beginning of the longer one',
      needs: { options: ['maxNewTokens'], steady: true },
      run: async (kit) => {
        const long = await kit.read(kit.steady());
        const short = await kit.read(kit.steady({ maxNewTokens: 4 }));
        const begins = long.text.startsWith(short.text.replace(/\uFFFD+$/, ''));
        check(begins, `${JSON.stringify(short.text)} does not begin ${JSON.stringify(long.text)}`);
        if (long.text.length > short.text.length)
          checkEqual(short.finish.reason, 'max-new-tokens', 'the reason of the shorter one');
      },
    },
    {
      name: 'minNewTokens is the least that comes',
      needs: { options: ['minNewTokens', 'maxNewTokens', 'logprobs'] },
      run: async (kit) => {
        const { tokens } = await kit.read(kit.request({ minNewTokens: 8, maxNewTokens: 8, logprobs: 0 }));
        checkEqual(tokens.length, 8, 'tokens with a least and a most of 8');
      },
    },
  ],
};
