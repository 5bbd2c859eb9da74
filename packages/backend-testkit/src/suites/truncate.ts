import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';
import { bordersWithin } from './cache';

/** Cut back, the rows are as if the rest had never been read. */
export const truncateSuite: Suite = {
  name: 'truncate',
  tests: [
    {
      name: 'cut back to any length, then go on with the same text',
      needs: { truncate: true },
      run: async (kit) => {
        const text = kit.text(12, 1);
        for (let length = 0; length <= 12; length++) {
          const shadow = await ShadowSession.open(kit);
          await shadow.fill([text]);
          await shadow.truncate([length]);
          if (length < 12) await shadow.forward([text.slice(length)], `replay after truncate([${length}])`);
          else await shadow.goOn('truncate to the present length');
        }
      },
    },
    {
      name: 'cut back, then go on with another text: nothing old is left',
      needs: { truncate: true },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(10, 1)]);
        for (const [length, seed] of [
          [7, 2],
          [3, 3],
          [0, 4],
        ] as const) {
          await shadow.truncate([length]);
          await shadow.forward([kit.text(2, seed)], `another text after truncate([${length}])`);
          await shadow.forward([kit.text(5, seed + 10)], `more of it after truncate([${length}])`);
        }
      },
    },
    {
      name: 'cut back at 1, 2, 255, 256, 257 positions',
      needs: { truncate: true },
      run: async (kit) => {
        const lengths = bordersWithin(kit).reverse();
        const shadow = await ShadowSession.open(kit);
        await shadow.fill([kit.text(lengths[0] ?? 1, 1)]);
        for (const length of lengths) {
          await shadow.truncate([length - 1]);
          await shadow.forward([kit.text(1, length)], `one id after truncate([${length - 1}])`);
        }
      },
    },
    {
      name: 'each row is cut to its own length',
      needs: { truncate: true, rows: 3 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 3);
        await shadow.forward([kit.text(8, 1), kit.text(3, 2), kit.text(5, 3)]);
        await shadow.truncate([2, 3, 0]);
        await shadow.goOn('truncate([2,3,0])');
        await shadow.truncate([1, 0, 1]);
        await shadow.forward([kit.text(4, 4), kit.text(2, 5), []], 'after truncate([1,0,1])');
        await shadow.goOn('after that');
      },
    },
  ],
};
