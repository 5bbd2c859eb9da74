import { hash } from '../kit/hash';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** Rows of copies of some texts: each is read once, then duplicated. */
async function copiesOf(kit: Kit, texts: readonly number[][], copies: number): Promise<ShadowSession> {
  const shadow = await ShadowSession.open(kit, texts.length);
  await shadow.fill(texts, 'the texts, each read once');
  await shadow.select(texts.flatMap((_, row) => Array<number>(copies).fill(row)));
  return shadow;
}

/** Steps as beam search takes them: some rows continued twice, some given up; then one more token each. */
async function beamSteps(
  kit: Kit,
  shadow: ShadowSession,
  { steps, seed, every = 1 }: { readonly steps: number; readonly seed: number; readonly every?: number },
): Promise<void> {
  const rows = shadow.texts.length;
  for (let step = 0; step < steps; step++) {
    const draw = (row: number) => hash(seed, step * rows + row);
    if (kit.model.capabilities.select) await shadow.select(shadow.texts.map((_, row) => draw(row) % rows));
    const tokens = shadow.texts.map((_, row) => kit.text(1, (draw(row) % 999) + 1));
    if (step % every === every - 1) await shadow.forward(tokens, `beam step ${step}`);
    else await shadow.fill(tokens, `beam step ${step}`);
  }
}

/** Rows that begin alike may share memory; each is as if it were alone all the same. */
export const sharedPastSuite: Suite = {
  name: 'shared past',
  tests: [
    {
      name: 'four rows of one text, chosen anew before every step',
      needs: { select: true, rows: 4, context: 24 },
      run: async (kit) => {
        const shadow = await copiesOf(kit, [kit.text(6, 1)], 4);
        await beamSteps(kit, shadow, { steps: 12, seed: 1, every: 3 });
      },
    },
    {
      name: 'for 90 steps over 256 positions',
      needs: { select: true, rows: 3, context: 300 },
      run: async (kit) => {
        const shadow = await copiesOf(kit, [kit.text(200, 1)], 3);
        await beamSteps(kit, shadow, { steps: 90, seed: 2, every: 30 });
      },
    },
    {
      name: 'two texts with three rows each, which change places',
      needs: { select: true, rows: 6, context: 30 },
      run: async (kit) => {
        const shadow = await copiesOf(kit, [kit.text(9, 1), kit.text(5, 2)], 3);
        await shadow.goOn('two texts with three rows each');
        for (const parents of [
          [1, 1, 0, 5, 3, 5],
          [3, 0, 4, 1, 5, 2],
          [0, 2, 2, 1, 1, 3],
        ]) {
          await shadow.select(parents);
          await shadow.goOn(`select([${parents}])`);
        }
      },
    },
    {
      name: 'rows leave, new ones come, and one remains',
      needs: { select: true, rows: 5, context: 30 },
      run: async (kit) => {
        const shadow = await copiesOf(kit, [kit.text(7, 1)], 4);
        await shadow.goOn('four rows of one text', 60);
        for (const parents of [[2, 0, 3], [0, 1, 2, -1, 1], [3, 1, 1, 4], [1]]) {
          await shadow.select(parents);
          await shadow.goOn(`select([${parents}])`, 70 + 5 * parents.length);
        }
      },
    },
    {
      name: 'some rows sit out, one reads a long piece',
      needs: { select: true, rows: 4, context: 100 },
      run: async (kit) => {
        const shadow = await copiesOf(kit, [kit.text(8, 1)], 4);
        await shadow.goOn('four rows of one text');
        await shadow.forward([kit.text(1, 2), [], kit.text(1, 3), []], 'rows 1 and 3 sit out');
        await shadow.forward([[], [], kit.text(70, 4), []], 'row 2 reads 70 ids');
        await shadow.forward([kit.text(20, 5), kit.text(20, 6), [], kit.text(20, 7)], 'the others read 20');
        await shadow.goOn('all rows again');
      },
    },
    {
      name: 'cut back into what the rows share',
      needs: { select: true, truncate: true, rows: 3, context: 24 },
      run: async (kit) => {
        const shadow = await copiesOf(kit, [kit.text(9, 1)], 3);
        await shadow.forward([kit.text(3, 2), kit.text(2, 3), kit.text(1, 4)]);
        await shadow.truncate([11, 5, 10]);
        await shadow.goOn('truncate([11,5,10])', 60);
        await shadow.select([1, 0, 0]);
        await shadow.goOn('select([1,0,0])', 70);
        await shadow.truncate([0, 9, 3]);
        await shadow.goOn('truncate([0,9,3])', 80);
      },
    },
    {
      name: 'a fork in the middle, then both go on',
      needs: { select: true, fork: true, rows: 3, context: 30 },
      run: async (kit) => {
        const shadow = await copiesOf(kit, [kit.text(6, 1)], 3);
        await beamSteps(kit, shadow, { steps: 4, seed: 3, every: 2 });
        const fork = await shadow.fork();
        await beamSteps(kit, fork, { steps: 4, seed: 4, every: 2 });
        await beamSteps(kit, shadow, { steps: 4, seed: 5, every: 2 });
        await fork.session.dispose();
        await beamSteps(kit, shadow, { steps: 4, seed: 6, every: 2 });
      },
    },
  ],
};
