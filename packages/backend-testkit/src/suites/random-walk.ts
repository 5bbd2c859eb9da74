import { hash } from '../kit/hash';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

const room = 40;

const mostSessions = 3;

/** One step of the walk, decided by `draw` and by what the model can do: in one of the sessions, or a fork of it. */
async function takeStep(kit: Kit, shadows: ShadowSession[], draw: (below: number) => number): Promise<void> {
  const number = draw(shadows.length);
  const shadow = shadows[number]!;
  if (kit.model.capabilities.fork && draw(8) === 0) {
    if (shadows.length < mostSessions) shadows.push(await shadow.fork());
    else await shadows.splice(number, 1)[0]!.session.dispose();
    return;
  }
  await changeRows(kit, shadow, draw);
}

async function changeRows(kit: Kit, shadow: ShadowSession, draw: (below: number) => number): Promise<void> {
  const { select, truncate, maxRows } = kit.model.capabilities;
  const rows = shadow.texts.length;
  const kind = draw(5);
  if (kind === 0 && select) {
    const count = 1 + draw(Math.min(4, maxRows));
    return shadow.select(Array.from({ length: count }, () => draw(rows + 1) - 1));
  }
  if (kind === 1 && truncate) {
    return shadow.truncate(shadow.texts.map((text) => draw(text.length + 1)));
  }
  const free = Math.min(room, kit.model.capabilities.contextLength);
  const pieces = shadow.texts.map((text) => kit.text(Math.min(draw(5), free - text.length), draw(1000)));
  if (pieces.every((piece) => piece.length === 0)) return;
  if (kind === 2) await shadow.fill(pieces);
  else await shadow.forward(pieces);
}

/** What single tests do not think of: seeded random sequences of calls, compared after every step. */
export const randomWalkSuite: Suite = {
  name: 'random walk',
  tests: [1, 2, 3].map((seed) => ({
    name: `60 random calls, seed ${seed}`,
    run: async (kit: Kit) => {
      let drawn = 0;
      const draw = (below: number) => hash(seed, drawn++) % below;
      const shadows = [await ShadowSession.open(kit, Math.min(2, kit.model.capabilities.maxRows))];
      for (let step = 0; step < 60; step++) {
        try {
          await takeStep(kit, shadows, draw);
        } catch (error) {
          throw new Error(`step ${step} of the walk: ${(error as Error).message}`, { cause: error });
        }
      }
    },
  })),
};
