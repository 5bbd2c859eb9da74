import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** A fork and its origin share a past and nothing else. */
export const forkSuite: Suite = {
  name: 'fork',
  tests: [
    {
      name: 'both go on independently',
      needs: { fork: true, context: 24 },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        await origin.forward([kit.text(6, 1)]);
        const fork = await origin.fork();
        await fork.forward([kit.text(3, 2)], 'the fork goes on');
        origin.checkLengths('the origin, after its fork went on');
        await origin.forward([kit.text(2, 3)], 'the origin goes on');
        await fork.forward([kit.text(1, 4)], 'the fork goes on again');
        await origin.goOn('the origin');
      },
    },
    {
      name: 'disposing the origin leaves the fork',
      needs: { fork: true },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        await origin.forward([kit.text(6, 1)]);
        const fork = await origin.fork();
        await origin.session.dispose();
        fork.checkLengths('the fork, after its origin was disposed');
        await fork.goOn('the fork, after its origin was disposed');
      },
    },
    {
      name: 'disposing the fork leaves the origin',
      needs: { fork: true },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        await origin.forward([kit.text(6, 1)]);
        const fork = await origin.fork();
        await fork.session.dispose();
        origin.checkLengths('the origin, after its fork was disposed');
        await origin.goOn('the origin, after its fork was disposed');
      },
    },
    {
      name: 'of several rows, and a fork of the fork',
      needs: { fork: true, rows: 3, context: 24 },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit, 3);
        await origin.forward([kit.text(4, 1), [], kit.text(7, 2)]);
        const fork = await origin.fork();
        await fork.goOn('the fork', 60);
        const second = await fork.fork();
        await origin.goOn('the origin', 70);
        await second.goOn('the fork of the fork', 80);
        await fork.goOn('the fork again', 85);
      },
    },
    {
      name: 'cutting back the one leaves the other',
      needs: { fork: true, truncate: true, context: 24 },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        await origin.forward([kit.text(8, 1)]);
        const fork = await origin.fork();
        await fork.truncate([3]);
        await fork.forward([kit.text(5, 2)], 'the fork writes other ids over the same positions');
        await origin.goOn('the origin');
        await origin.truncate([1]);
        await fork.goOn('the fork');
      },
    },
    {
      name: 'select in the one leaves the other',
      needs: { fork: true, select: true, rows: 2, context: 24 },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit, 2);
        await origin.forward([kit.text(5, 1), kit.text(3, 2)]);
        const fork = await origin.fork();
        await fork.select([1, 1]);
        await fork.goOn('the fork, after select([1,1])', 60);
        await origin.goOn('the origin, after select in its fork', 70);
      },
    },
    {
      name: 'of an empty session',
      needs: { fork: true },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        const fork = await origin.fork();
        await fork.forward([kit.text(3, 1)], 'the fork of an empty session');
        await origin.forward([kit.text(2, 2)], 'the empty origin');
      },
    },
    {
      name: 'over 256 positions',
      needs: { fork: true, context: 270 },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        await origin.fill([kit.text(255, 1)]);
        const fork = await origin.fork();
        for (let step = 0; step < 3; step++) {
          await fork.goOn(`the fork, step ${step}`, 60 + step);
          await origin.goOn(`the origin, step ${step}`, 70 + step);
        }
      },
    },
  ],
};
