import { background } from '../check/background';
import { check, checkEqual } from '../check/check';
import type { StreamSuite } from '../stream-kit/stream-suite';

/** Streams of one model run side by side. */
export const streamConcurrencySuite: StreamSuite = {
  name: 'concurrency',
  tests: [
    {
      name: 'each of three streams has the text that it has alone',
      needs: { steady: true },
      run: async (kit) => {
        const alone: string[] = [];
        for (const index of [0, 1, 2]) alone.push((await kit.read(kit.steady({}, index))).text);
        const together = await Promise.all([0, 1, 2].map((index) => kit.read(kit.steady({}, index))));
        checkEqual(
          together.map(({ text }) => text),
          alone,
          'the texts of three streams at once',
        );
      },
    },
    {
      name: 'six streams come to their ends, one that is left in the middle disturbs none',
      run: async (kit) => {
        const left = kit.model.stream(kit.request())[Symbol.asyncIterator]();
        const running = background(
          Promise.all([0, 1, 2, 3, 4, 5].map((index) => kit.read(kit.request({}, index)))),
        );
        await left.next();
        await left.return?.();
        for (const { text } of await running) check(text !== '', 'the text of a stream is empty');
      },
    },
  ],
};
