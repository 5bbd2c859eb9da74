import type { Logits } from '@nexttoken/model';
import { check } from '../check/check';
import { checkLogits } from '../check/check-logits';
import { compareRow } from '../check/compare-row';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

async function checkPositions(
  kit: Kit,
  logits: Logits | null | undefined,
  [before, ids]: readonly [readonly number[], readonly number[]],
  what: string,
): Promise<void> {
  const width = kit.model.vocabSize;
  const data = checkLogits(logits, ids.length, kit.model, what);
  for (let position = 0; position < ids.length; position++) {
    const expected = await kit.alone([...before, ...ids.slice(0, position + 1)]);
    const actual = data.subarray(position * width, (position + 1) * width);
    compareRow(actual, expected, { ...kit, what: `${what}, new position ${position}` });
  }
}

/** Rows of one session differ in length and in pace, and each is as if it were alone. */
export const raggedSuite: Suite = {
  name: 'ragged rows',
  tests: [
    {
      name: 'rows of different lengths equal each alone',
      needs: { rows: 4, context: 24 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 4);
        await shadow.forward([kit.text(1, 1), kit.text(9, 2), kit.text(4, 3), kit.text(2, 4)]);
        await shadow.goOn('rows of 1, 9, 4 and 2 ids');
        await shadow.forward([kit.text(6, 5), kit.text(1, 6), kit.text(2, 7), kit.text(3, 8)], 'second call');
        await shadow.goOn('second call');
      },
    },
    {
      name: 'a row that sits out keeps its state',
      needs: { rows: 3, context: 24 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 3);
        await shadow.forward([kit.text(5, 1), kit.text(3, 2), kit.text(4, 3)]);
        await shadow.forward([kit.text(2, 4), [], kit.text(1, 5)], 'row 1 sits out');
        await shadow.forward([[], [], kit.text(3, 6)], 'rows 0 and 1 sit out');
        await shadow.forward([[], kit.text(4, 7), []], 'rows 0 and 2 sit out');
        await shadow.goOn('all rows again');
      },
    },
    {
      name: 'rows may start late',
      needs: { rows: 3, context: 24 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 3);
        await shadow.forward([[], kit.text(6, 1), []], 'rows 0 and 2 are still empty');
        await shadow.forward([kit.text(3, 2), [], []], 'row 2 is still empty');
        await shadow.forward([kit.text(1, 3), kit.text(1, 4), kit.text(5, 5)], 'row 2 starts');
        await shadow.goOn('all rows');
      },
    },
    {
      name: 'equal rows give equal answers beside other rows',
      needs: { rows: 3 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 3);
        await shadow.forward([kit.text(6, 1), kit.text(6, 2), kit.text(6, 1)], 'rows 0 and 2 are equal');
        await shadow.goOn('rows 0 and 2 were equal');
      },
    },
    {
      name: "'all' and 'none' with rows of different lengths",
      needs: { rows: 3, context: 16, allPositions: true },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 3);
        await shadow.fill([kit.text(2, 1), kit.text(5, 2), []]);
        const rows = [kit.text(3, 4), [], kit.text(6, 5)];
        const { logits } = await shadow.session.forward(rows, { logits: 'all' });
        for (const [row, ids] of rows.entries()) {
          const what = `logits 'all', row ${row} (${ids.length} new ids)`;
          if (ids.length === 0) check(logits[row] === null, `${what}: it sat out, its logits must be null`);
          else await checkPositions(kit, logits[row], [shadow.texts[row]!, ids], what);
        }
        shadow.texts = shadow.texts.map((text, row) => [...text, ...rows[row]!]);
        await shadow.goOn("logits 'all' with a row that sits out");
      },
    },
    {
      name: 'a long row beside a short one, over 256 positions',
      needs: { rows: 2, context: 262 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 2);
        await shadow.forward([kit.text(254, 1), kit.text(3, 2)]);
        for (let step = 0; step < 4; step++) await shadow.goOn(`step ${step}`, 90 + 2 * step);
        await shadow.forward([[], kit.text(40, 3)], 'the long row sits out');
        await shadow.goOn('the long row goes on');
      },
    },
  ],
};
