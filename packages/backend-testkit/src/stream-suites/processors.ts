import { checkEqual } from '../check/check';
import { categoricalSampler, processorData } from '../stream-kit/sampling-data';
import type { StreamSuite } from '../stream-kit/stream-suite';

/** Processors do at the other end what they do here. */
export const processorsSuite: StreamSuite = {
  name: 'processors',
  tests: [
    {
      name: 'drawing after topK(1) is greedy',
      needs: { processors: ['topK'], samplers: ['categorical', 'greedy'], steady: true },
      run: async (kit) => {
        const processors = [processorData('topK', { k: 1, minTokensToKeep: 1 })];
        const drawn = await kit.read(kit.request({ processors, sampler: categoricalSampler }));
        checkEqual(drawn.text, (await kit.read(kit.steady())).text, 'the text drawn after topK(1)');
      },
    },
    {
      name: 'no processor is the model’s own distribution: temperature 1 changes nothing',
      needs: { processors: ['temperature'], samplers: ['categorical'], options: ['seed'], steady: true },
      run: async (kit) => {
        const processors = [processorData('temperature', { temperature: 1 })];
        const own = { seed: 3, sampler: categoricalSampler };
        const plain = await kit.read(kit.request(own));
        checkEqual((await kit.read(kit.request({ ...own, processors }))).text, plain.text, 'temperature 1');
      },
    },
    {
      name: 'a chain stands for its parts',
      needs: { processors: ['topK'], samplers: ['categorical', 'greedy'], steady: true },
      run: async (kit) => {
        const parts = [processorData('topK', { k: 1, minTokensToKeep: 1 })];
        const processors = [processorData('chain', { processors: parts })];
        const drawn = await kit.read(kit.request({ processors, sampler: categoricalSampler }));
        checkEqual(
          drawn.text,
          (await kit.read(kit.steady())).text,
          'the text drawn after a chain of topK(1)',
        );
      },
    },
  ],
};
