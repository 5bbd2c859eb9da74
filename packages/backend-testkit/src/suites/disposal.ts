import { check, checkEqual } from '../check/check';
import { checkLogits } from '../check/check-logits';
import { checkRejects } from '../check/check-rejects';
import { compareRow } from '../check/compare-row';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** Starts a forward, then `dispose`; the forward must end first, with the right answer. */
async function waitsForForward(kit: Kit, shadow: ShadowSession, dispose: () => Promise<void>): Promise<void> {
  const text = kit.text(Math.min(200, kit.model.capabilities.contextLength), 1);
  const expected = await kit.alone(text);
  const order: string[] = [];
  let answer: Float32Array | undefined;
  const running = shadow.session.forward([text]).then(
    ({ logits }) => {
      order.push('forward');
      answer = checkLogits(logits[0], 1, kit.model, 'a forward that runs while dispose is called').slice();
    },
    (error: unknown) => order.push(`forward failed with ${error}`),
  );
  await dispose().then(() => order.push('dispose'));
  await running;
  checkEqual(order, ['forward', 'dispose'], 'what ended first');
  compareRow(answer!, expected, { ...kit, what: 'a forward that runs while dispose is called' });
}

/** A little of everything that may hold memory. */
async function useEverything(kit: Kit): Promise<void> {
  const { select, truncate, fork, maxRows } = kit.model.capabilities;
  const shadow = await ShadowSession.open(kit, Math.min(2, maxRows));
  await shadow.forward(shadow.texts.map((_, row) => kit.text(3 + row, row)));
  if (fork) {
    const other = await shadow.fork();
    await other.goOn('the fork');
    await other.session.dispose();
  }
  if (select) await shadow.select(maxRows >= 3 ? [0, 0, -1] : [0]);
  await shadow.goOn('everything');
  if (truncate) await shadow.truncate(shadow.texts.map(() => 0));
  await shadow.session.forward(shadow.texts.map(() => [kit.model.vocabSize])).catch(() => undefined);
  await shadow.session.dispose();
}

/** Disposing frees everything, once, after what still runs. */
export const disposalSuite: Suite = {
  name: 'disposal',
  tests: [
    {
      name: 'a session may be disposed again and again, also at the same time',
      run: async (kit) => {
        const session = await kit.open();
        await session.forward([kit.text(3, 1)]);
        await Promise.all([session.dispose(), session.dispose()]);
        await session.dispose();
      },
    },
    {
      name: 'every call on a disposed session is refused: disposed',
      run: async (kit) => {
        const session = await kit.open();
        const { select, truncate, fork } = kit.model.capabilities;
        await session.forward([kit.text(3, 1)]);
        await session.dispose();
        const call = () => session.forward([kit.text(1, 2)]);
        await checkRejects(call, 'disposed', 'forward on a disposed session');
        if (select) await checkRejects(() => session.select([0]), 'disposed', 'select on a disposed session');
        if (truncate)
          await checkRejects(() => session.truncate([0]), 'disposed', 'truncate on a disposed session');
        if (fork) await checkRejects(() => session.fork(), 'disposed', 'fork of a disposed session');
      },
    },
    {
      name: 'disposing one session leaves the others',
      run: async (kit) => {
        const [one, other] = [await ShadowSession.open(kit), await ShadowSession.open(kit)];
        await one.forward([kit.text(3, 1)]);
        await other.forward([kit.text(4, 2)]);
        await one.session.dispose();
        await other.goOn('another session was disposed');
      },
    },
    {
      name: 'session.dispose waits for a running forward',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await waitsForForward(kit, shadow, () => shadow.session.dispose());
      },
    },
    {
      name: 'model.dispose waits for a running forward, disposes the sessions, may be called again',
      run: async (kit) => {
        const model = await kit.createModel();
        const [used, idle] = [await model.createSession(), await model.createSession()];
        await waitsForForward(kit, new ShadowSession(kit, used), () => model.dispose());
        for (const session of [used, idle]) {
          const call = () => session.forward([kit.text(1, 2)]);
          await checkRejects(call, 'disposed', 'forward after model.dispose');
          await session.dispose();
        }
        await checkRejects(() => model.createSession(), 'disposed', 'createSession after model.dispose');
        await model.dispose();
      },
    },
    {
      name: 'disposing one model leaves another',
      run: async (kit) => {
        const model = await kit.createModel();
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(3, 1)]);
        await model.dispose();
        await shadow.goOn('another model was disposed');
      },
    },
    {
      name: 'live handles come back when sessions are disposed',
      needs: { liveHandles: true },
      run: async (kit) => {
        await useEverything(kit); // whatever a model keeps after its first session is not a leak
        const before = JSON.stringify(await kit.liveHandles!());
        for (let round = 0; round < 2; round++) await useEverything(kit);
        const open = await kit.open();
        await open.forward([kit.text(3, 1)]);
        const during = JSON.stringify(await kit.liveHandles!());
        check(
          during !== before,
          `liveHandles() is ${before} with and without an open session: it counts nothing`,
        );
        await open.dispose();
        checkEqual(
          await kit.liveHandles!(),
          JSON.parse(before),
          'live handles after all sessions were disposed',
        );
      },
    },
    {
      name: 'live handles come back when a model is disposed with its sessions open',
      needs: { liveHandles: true },
      run: async (kit) => {
        const before = await kit.liveHandles!();
        const model = await kit.createModel();
        const session = await model.createSession();
        await session.forward([kit.text(3, 1)]);
        await model.dispose();
        checkEqual(await kit.liveHandles!(), before, 'live handles after model.dispose');
      },
    },
  ],
};
