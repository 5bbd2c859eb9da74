import type { Logits } from '@nexttoken/model';
import { checkEqual } from '../check/check';
import { compareRow } from '../check/compare-row';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** Remembers what a buffer holds now; the returned function fails if it changed. */
function watch(kit: Kit, logits: Logits | null | undefined): (what: string) => void {
  const before = logits!.data.slice();
  return (what) => compareRow(logits!.data.slice(), before, { model: kit.model, tolerance: 0, what });
}

/** Raw logits stay as they are until the session's next call; the caller's ids are the caller's. */
export const ownershipSuite: Suite = {
  name: 'ownership',
  tests: [
    {
      name: "another session's forward does not change the logits",
      run: async (kit) => {
        const [one, other] = [await kit.open(), await kit.open()];
        const { logits } = await one.forward([kit.text(3, 1)]);
        const unchanged = watch(kit, logits[0]);
        for (let step = 0; step < 3; step++) await other.forward([kit.text(1 + step, 2 + step)]);
        unchanged("logits of a session, after another session's forward");
      },
    },
    {
      name: "a fork's forward does not change the logits",
      needs: { fork: true },
      run: async (kit) => {
        const origin = await ShadowSession.open(kit);
        await origin.forward([kit.text(3, 1)]);
        const { logits } = await origin.session.forward([kit.text(1, 2)]);
        const unchanged = watch(kit, logits[0]);
        const fork = kit.keep(await origin.session.fork());
        await fork.forward([kit.text(2, 3)]);
        await fork.dispose();
        unchanged("logits of a session, after its fork's forward and dispose");
      },
    },
    {
      name: 'time does not change the logits',
      run: async (kit) => {
        const { logits } = await (await kit.open()).forward([kit.text(3, 1)]);
        const unchanged = watch(kit, logits[0]);
        await new Promise((resolve) => setTimeout(resolve, 20));
        unchanged('logits, 20 ms later');
      },
    },
    {
      name: 'the rows of one answer do not share memory',
      needs: { rows: 3 },
      run: async (kit) => {
        const session = await kit.open(3);
        const texts = [kit.text(3, 1), kit.text(2, 2), kit.text(4, 3)];
        const { logits } = await session.forward(texts);
        const copies = logits.map((row) => row && { ...row, data: row.data.slice() });
        for (const [row, text] of texts.entries()) {
          await kit.expectLast(copies[row], text, `row ${row} of 3, read after all rows were there`);
        }
      },
    },
    {
      name: "the caller's ids are neither changed nor kept",
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        const ids = Int32Array.from(kit.text(5, 1));
        await shadow.forward([ids]);
        checkEqual(Array.from(ids), kit.text(5, 1), 'the ids after forward');
        ids.set(kit.text(5, 2));
        await shadow.goOn('the caller wrote other ids into his array');
      },
    },
  ],
};
