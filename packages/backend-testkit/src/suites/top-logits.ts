import type { TopLogits } from '@nexttoken/model';
import { check, checkEqual, fail } from '../check/check';
import { checkRejects } from '../check/check-rejects';
import type { Kit } from '../kit/kit';
import type { Suite } from '../kit/suite';

/** Fails unless an entry says what the whole row of the same text does. */
async function checkTop(
  kit: Kit,
  top: TopLogits | null | undefined,
  {
    ids: text,
    count,
    what,
  }: { readonly ids: readonly number[]; readonly count: number; readonly what: string },
): Promise<void> {
  if (!top) fail(`${what}: expected the largest logits, got ${top}`);
  const row = await kit.alone(text);
  const { ids, values, logSumExp } = top;
  checkEqual([ids.length, values.length], [count, count], `${what}: how many ids and values`);
  checkEqual(new Set(ids).size, count, `${what}: different ids`);
  const near = (a: number, b: number) => Math.abs(a - b) <= kit.tolerance;
  const sorted = row.toSorted().reverse();
  for (let rank = 0; rank < count; rank++) {
    const [id, value] = [ids[rank]!, values[rank]!];
    check(
      near(value, sorted[rank]!) && near(value, row[id]!),
      `${what}: rank ${rank} is id ${id} with ${value}; the row has ${row[id]} there and ${sorted[rank]} at this rank`,
    );
    check(rank === 0 || value <= values[rank - 1]!, `${what}: rank ${rank} is larger than the one before`);
  }
  const most = sorted[0]!;
  const expected = most + Math.log(row.reduce((sum, value) => sum + Math.exp(value - most), 0));
  check(near(logSumExp, expected), `${what}: logSumExp is ${logSumExp}, the row's is ${expected}`);
}

/** The largest logits by themselves, where they are declared and asked for. */
export const topLogitsSuite: Suite = {
  name: 'top logits',
  tests: [
    {
      name: 'are those of the whole row, with and without it',
      needs: { topLogits: true },
      run: async (kit) => {
        const ids = kit.text(7, 1);
        const most = kit.model.capabilities.topLogits!;
        for (const logits of ['last', 'none'] as const)
          for (const count of new Set([1, most])) {
            const answer = await (await kit.open()).forward([ids], { logits, top: count });
            const what = `top ${count} with logits '${logits}'`;
            await checkTop(kit, answer.top?.[0], { ids, count, what });
            if (logits === 'last') await kit.expectLast(answer.logits[0], ids, what);
            else check(answer.logits[0] === null, `${what}: logits must be null`);
          }
      },
    },
    {
      name: 'are those of the last position, step by step and where all positions are read',
      needs: { topLogits: true, allPositions: true },
      run: async (kit) => {
        const ids = kit.text(6, 1);
        const session = await kit.open();
        await session.forward([ids.slice(0, 2)], { logits: 'none', top: 1 });
        const { top, logits } = await session.forward([ids.slice(2, 5)], { logits: 'all', top: 1 });
        checkEqual(logits[0]?.positions, 3, 'positions of the logits');
        await checkTop(kit, top?.[0], { ids: ids.slice(0, 5), count: 1, what: 'three positions at once' });
        const next = await session.forward([ids.slice(5)], { logits: 'none', top: 1 });
        await checkTop(kit, next.top?.[0], { ids, count: 1, what: 'one more position' });
      },
    },
    {
      name: 'of rows of different lengths, null for a row that sits out',
      needs: { topLogits: true, rows: 4 },
      run: async (kit) => {
        const session = await kit.open(4);
        const texts = [kit.text(4, 1), [], kit.text(9, 2), kit.text(9, 3)];
        const { top } = await session.forward(texts, { logits: 'none', top: 1 });
        checkEqual(top?.length, 4, 'entries of top');
        for (const [row, ids] of texts.entries()) {
          const what = `row ${row} of 4`;
          if (ids.length === 0) check(top?.[row] === null, `${what}: it sat out, expected null`);
          else await checkTop(kit, top?.[row], { ids, count: 1, what });
        }
      },
    },
    {
      name: 'absent where they are not asked for, refused where there are not so many',
      needs: { topLogits: true },
      run: async (kit) => {
        const session = await kit.open();
        const answer = await session.forward([kit.text(2, 1)]);
        check(answer.top === undefined, 'top is there although nobody asked for it');
        for (const top of [0, 1.5, kit.model.capabilities.topLogits! + 1])
          await checkRejects(
            () => session.forward([kit.text(1, 2)], { top }),
            'invalid-parameter',
            `forward with top ${top}`,
          );
      },
    },
  ],
};
