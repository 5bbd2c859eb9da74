import { background } from '../check/background';
import { checkEqual } from '../check/check';
import { checkRejects } from '../check/check-rejects';
import type { StreamSuite } from '../stream-kit/stream-suite';

/** Disposing ends what runs, once. */
export const streamDisposalSuite: StreamSuite = {
  name: 'disposal',
  tests: [
    {
      name: 'a running stream ends with disposed, a new one is refused, again and again',
      run: async (kit) => {
        const model = await kit.createModel();
        const iterator = model.stream(kit.request())[Symbol.asyncIterator]();
        await iterator.next();
        await Promise.all([model.dispose(), model.dispose()]);
        const rest = async () => {
          for (let next = await iterator.next(); !next.done; next = await iterator.next());
        };
        await checkRejects(rest, 'disposed', 'a stream whose model was disposed');
        const again = () => model.stream(kit.request())[Symbol.asyncIterator]().next();
        await checkRejects(again, 'disposed', 'a stream of a model that was disposed');
        await model.dispose();
      },
    },
    {
      name: 'disposing one model leaves another',
      run: async (kit) => {
        const model = await kit.createModel();
        const running = background(kit.read(kit.request()));
        await model.dispose();
        await running;
      },
    },
    {
      name: 'live handles come back when a model is disposed in the middle of a stream',
      needs: { liveHandles: true },
      run: async (kit) => {
        const before = await kit.liveHandles!();
        const model = await kit.createModel();
        const iterator = model.stream(kit.request())[Symbol.asyncIterator]();
        await iterator.next();
        await model.dispose();
        await iterator.next().catch(() => undefined);
        checkEqual(await kit.liveHandles!(), before, 'live handles after model.dispose');
      },
    },
  ],
};
