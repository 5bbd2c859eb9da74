import { check, checkEqual } from '../check/check';
import { categoricalSampler } from '../stream-kit/sampling-data';
import type { StreamSuite } from '../stream-kit/stream-suite';

/** The same request with the same seed, the same text; with another seed, another one. */
export const streamDeterminismSuite: StreamSuite = {
  name: 'determinism',
  tests: [
    {
      name: 'the same request gives the same text',
      needs: { steady: true },
      run: async (kit) => {
        const first = await kit.read(kit.steady());
        checkEqual((await kit.read(kit.steady())).text, first.text, 'the text of the second stream');
      },
    },
    {
      name: 'the same seed gives the same text, some other seed another one',
      needs: { options: ['seed'], samplers: ['categorical'], steady: true },
      run: async (kit) => {
        const drawn = async (seed: number) =>
          (await kit.read(kit.request({ seed, sampler: categoricalSampler }))).text;
        const texts: string[] = [];
        for (let seed = 1; seed <= 6; seed++) texts.push(await drawn(seed));
        checkEqual(await drawn(1), texts[0], 'the text of the same seed');
        check(
          new Set(texts).size > 1,
          'six seeds gave the same text: the seed is ignored, or nothing is drawn',
        );
      },
    },
  ],
};
