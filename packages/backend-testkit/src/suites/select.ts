import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite, SuiteTest } from '../kit/suite';

async function threeRows(kit: Kit): Promise<ShadowSession> {
  const shadow = await ShadowSession.open(kit, 3);
  await shadow.forward([kit.text(4, 1), kit.text(7, 2), kit.text(2, 3)]);
  return shadow;
}

function selects(name: string, ...calls: readonly (readonly number[])[]): SuiteTest {
  return {
    name,
    needs: { select: true, rows: Math.max(3, ...calls.map((parents) => parents.length)), context: 24 },
    run: async (kit) => {
      const shadow = await threeRows(kit);
      for (const [index, parents] of calls.entries()) {
        await shadow.select(parents);
        await shadow.goOn(`select([${parents}])`, 90 + 10 * index);
      }
    },
  };
}

/** Reorder, duplicate, drop, append: each new row goes on as its old one would have. */
export const selectSuite: Suite = {
  name: 'select',
  tests: [
    selects('keeping the order changes nothing', [0, 1, 2]),
    selects('permutes', [2, 0, 1], [2, 1, 0]),
    selects('duplicates, and the copies go separate ways', [1, 1, 0], [0, 0, 0]),
    selects('drops', [2, 1], [1]),
    selects('appends a new, empty row', [0, 1, 2, -1]),
    selects('replaces a row by a new one', [-1, 1, 0]),
    selects('starts all over', [-1, -1, -1]),
    selects('grows from one row to many', [1], [0, 0, 0, 0, 0], [4, 2]),
    selects('does everything in one call', [2, -1, 0, 0], [3, 3, 1, -1]),
    {
      name: 'two selects in a row are one after the other',
      needs: { select: true, rows: 3 },
      run: async (kit) => {
        const shadow = await threeRows(kit);
        await shadow.select([1, 2, 0]);
        await shadow.select([2, 2, 0]);
        await shadow.goOn('select([1,2,0]), then select([2,2,0])');
      },
    },
    {
      name: 'duplicates over 256 positions go separate ways',
      needs: { select: true, rows: 3, context: 270 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await shadow.fill([kit.text(255, 1)]);
        await shadow.select([0, 0, -1]);
        for (let step = 0; step < 3; step++) await shadow.goOn(`step ${step}`, 90 + 3 * step);
      },
    },
    {
      name: 'after truncate, and truncate after it',
      needs: { select: true, truncate: true, rows: 3 },
      run: async (kit) => {
        const shadow = await threeRows(kit);
        await shadow.truncate([4, 3, 1]);
        await shadow.select([1, 1, 2]);
        await shadow.truncate([3, 1, 0]);
        await shadow.goOn('truncate, select, truncate');
      },
    },
  ],
};
