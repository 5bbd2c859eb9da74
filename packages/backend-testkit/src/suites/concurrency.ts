import { background } from '../check/background';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** Sessions of one model may run at the same time; one at a time is a rule within a session only. */
export const concurrencySuite: Suite = {
  name: 'concurrency',
  tests: [
    {
      name: 'two sessions run at the same time, step after step',
      needs: { context: 24 },
      run: async (kit) => {
        const pair = [await ShadowSession.open(kit), await ShadowSession.open(kit)];
        for (let step = 0; step < 5; step++) {
          await Promise.all(
            pair.map((shadow, index) =>
              shadow.forward(
                [kit.text(1 + ((step + index) % 3), 2 * step + index)],
                `session ${index}, step ${step}`,
              ),
            ),
          );
        }
      },
    },
    {
      name: 'two sessions take turns',
      needs: { context: 24 },
      run: async (kit) => {
        const pair = [await ShadowSession.open(kit), await ShadowSession.open(kit)];
        for (let step = 0; step < 8; step++) {
          await pair[step % 2]!.forward([kit.text(2, step)], `session ${step % 2}, step ${step}`);
        }
      },
    },
    {
      name: 'a long text in one session, short ones in another',
      needs: { context: 300 },
      run: async (kit) => {
        const [long, short] = [await ShadowSession.open(kit), await ShadowSession.open(kit)];
        const reading = background(long.forward([kit.text(290, 1)], 'the long text'));
        for (let step = 0; step < 4; step++) {
          await short.forward([kit.text(2, 2 + step)], `short text, step ${step}, beside a long one`);
        }
        await reading;
        await long.goOn('the long text');
      },
    },
    {
      name: 'a fork and its origin run at the same time',
      needs: { fork: true, context: 24 },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        await origin.forward([kit.text(5, 1)]);
        const fork = await origin.fork();
        for (let step = 0; step < 3; step++) {
          await Promise.all([
            origin.forward([kit.text(2, 10 + step)], `the origin, step ${step}`),
            fork.forward([kit.text(3, 20 + step)], `the fork, step ${step}`),
          ]);
        }
      },
    },
  ],
};
