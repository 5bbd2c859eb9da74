import type { Session } from '@nexttoken/model';
import { compareRow } from '../check/compare-row';
import type { Kit } from '../kit/kit';
import type { Suite } from '../kit/suite';

async function answers(session: Session, rows: readonly (readonly number[])[]): Promise<Float32Array[]> {
  const { logits } = await session.forward(rows);
  return logits.map((row) => row?.data.slice() ?? new Float32Array());
}

function checkSame(kit: Kit, again: Float32Array[], first: Float32Array[], what: string): void {
  again.forEach((row, index) => {
    compareRow(row, first[index]!, { model: kit.model, tolerance: 0, what: `${what}, row ${index}` });
  });
}

/** The same call twice gives the same bits: tolerance 0, whatever the option says. */
export const determinismSuite: Suite = {
  name: 'determinism',
  tests: [
    {
      name: 'two fresh sessions give the same bits',
      run: async (kit) => {
        for (const length of [1, 5, Math.min(70, kit.model.capabilities.contextLength)]) {
          const first = await answers(await kit.open(), [kit.text(length, 1)]);
          const again = await answers(await kit.open(), [kit.text(length, 1)]);
          checkSame(kit, again, first, `the same ${length} ids in a second fresh session`);
        }
      },
    },
    {
      name: 'two fresh sessions of several rows give the same bits',
      needs: { rows: 3 },
      run: async (kit) => {
        const rows = [kit.text(4, 1), kit.text(9, 2), kit.text(1, 3)];
        const first = await answers(await kit.open(3), rows);
        checkSame(kit, await answers(await kit.open(3), rows), first, 'the same 3 rows in a second session');
      },
    },
    {
      name: 'an emptied session gives the same bits again',
      needs: { truncate: true },
      run: async (kit) => {
        const session = await kit.open();
        const first = await answers(session, [kit.text(8, 1)]);
        await session.truncate([0]);
        checkSame(kit, await answers(session, [kit.text(8, 1)]), first, 'the same 8 ids after truncate([0])');
      },
    },
  ],
};
