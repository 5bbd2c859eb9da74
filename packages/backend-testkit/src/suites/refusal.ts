import type { ForwardOptions, Session, SessionOptions } from '@nexttoken/model';
import { checkEqual } from '../check/check';
import { checkRejects } from '../check/check-rejects';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** Calls that need one capability each. */
const calls = {
  allPositions: (session: Session, kit: Kit) => forward(session, kit, { logits: 'all' }),
  hiddenStates: (session: Session, kit: Kit) => forward(session, kit, { capture: { hiddenStates: true } }),
  attention: (session: Session, kit: Kit) => forward(session, kit, { capture: { attention: true } }),
  topLogits: (session: Session, kit: Kit) => forward(session, kit, { top: 1 }),
  select: (session: Session) => session.select([-1]),
  truncate: (session: Session) => session.truncate([1]),
  fork: async (session: Session, kit: Kit) => kit.keep(await session.fork()),
} as const;

function forward(session: Session, kit: Kit, options: ForwardOptions): Promise<unknown> {
  return session.forward([kit.text(2, 2)], options);
}

/** What is declared absent is refused by name, never accepted and ignored; what is declared works. */
export const refusalSuite: Suite = {
  name: 'refusal',
  tests: [
    ...(Object.keys(calls) as (keyof typeof calls)[]).map((name) => ({
      name: `${name}: works if it is declared, is refused if it is not: unsupported-capability`,
      run: async (kit: Kit) => {
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(3, 1)]);
        if (kit.model.capabilities[name]) {
          await calls[name](shadow.session, kit);
          return;
        }
        const what = `a call that needs ${name}, which is declared absent`;
        const error = await checkRejects(
          async () => calls[name](shadow.session, kit),
          'unsupported-capability',
          what,
          ['capability'],
        );
        checkEqual(error.details.capability, name, `${what}: details.capability`);
        shadow.checkLengths(`${what}, after the error`);
        await shadow.goOn('a refused call');
      },
    })),
    {
      name: 'an option of forward that is none is refused by name: unsupported-option',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(3, 1)]);
        const what = "forward with { logit: 'all' }";
        const call = () => forward(shadow.session, kit, { logit: 'all' } as ForwardOptions);
        const error = await checkRejects(call, 'unsupported-option', what, ['option']);
        checkEqual(error.details.option, 'logit', `${what}: details.option`);
        shadow.checkLengths(`${what}, after the error`);
        await shadow.goOn('a refused option');
      },
    },
    {
      name: 'an option of createSession that is none is refused by name: unsupported-option',
      run: async (kit) => {
        const what = 'createSession with { row: 1 }';
        const call = async () => kit.keep(await kit.model.createSession({ row: 1 } as SessionOptions));
        const error = await checkRejects(call, 'unsupported-option', what, ['option']);
        checkEqual(error.details.option, 'row', `${what}: details.option`);
      },
    },
    {
      name: 'more rows than maxRows are refused: unsupported-capability',
      needs: { limitedRows: true },
      run: async (kit) => {
        const { maxRows, select } = kit.model.capabilities;
        const open = async () => kit.keep(await kit.model.createSession({ rows: maxRows + 1 }));
        await checkRejects(open, 'unsupported-capability', `createSession({ rows: ${maxRows + 1} })`);
        if (!select) return;
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(3, 1)]);
        const parents: number[] = Array(maxRows + 1).fill(0);
        await checkRejects(
          () => shadow.session.select(parents),
          'unsupported-capability',
          'select of too many',
        );
        await shadow.goOn('a refused select');
      },
    },
  ],
};
