import type { ForwardOptions, ForwardProgress } from '@nexttoken/model';
import { check, checkEqual } from '../check/check';
import { rejection } from '../check/check-rejects';
import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** Calls of which one, at least, has to be stopped. */
const attempts = 5;

const reason = () => Object.assign(new Error('stopped by the kit'), { name: 'AbortError' });

/** A text as long as is useful and as the context allows beside `used` positions. */
function longText(kit: Kit, used: number, seed: number): number[] {
  return kit.text(Math.max(1, Math.min(600, kit.model.capabilities.contextLength - used)), seed);
}

/**
 * Runs a forward that is aborted on the way. A backend that has only one chunk may come to its end
 * instead; what is not allowed is anything between the two.
 */
async function abortsOrEnds(
  shadow: ShadowSession,
  rows: readonly (readonly number[])[],
  controller: AbortController,
  options: ForwardOptions,
): Promise<void> {
  const call = shadow.session.forward(rows, { logits: 'none', ...options, signal: controller.signal });
  if (!options.onProgress) controller.abort(reason());
  const ended = await call.then(
    () => true,
    (error: unknown) => {
      check(error === controller.signal.reason, `expected the signal's reason, got ${error}`);
      return false;
    },
  );
  if (ended) shadow.texts = shadow.texts.map((text, row) => [...text, ...rows[row]!]);
  shadow.checkLengths(ended ? 'the call ended before the abort' : 'after the abort');
}

/** Aborting takes back what was done: the rows are as before, the session goes on. */
export const abortSuite: Suite = {
  name: 'abort',
  tests: [
    {
      name: 'a signal that is aborted already: its reason, and nothing runs',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(4, 1)]);
        for (const signal of [AbortSignal.abort(reason()), AbortSignal.abort()]) {
          const what = 'forward with an aborted signal';
          const call = () => shadow.session.forward([kit.text(3, 2)], { signal });
          const error = await rejection(call, what);
          check(error === signal.reason, `${what}: expected the signal's reason, got ${error}`);
          shadow.checkLengths(what);
        }
        await shadow.goOn('calls with an aborted signal');
      },
    },
    {
      name: 'in the middle, at the first progress',
      run: async (kit) => {
        // In a worker the signal arrives a little later, on a busy machine perhaps behind the end: one of some calls has to hear it.
        for (let attempt = 1; ; attempt++) {
          const shadow = await ShadowSession.open(kit);
          await shadow.forward([kit.text(5, 1)]);
          const controller = new AbortController();
          let early = false;
          const onProgress = ({ done, total }: ForwardProgress) => {
            early ||= 2 * done <= total && !controller.signal.aborted;
            if (!controller.signal.aborted) controller.abort(reason());
          };
          const before = shadow.texts[0]!.length;
          await abortsOrEnds(shadow, [longText(kit, 8, 2)], controller, { onProgress });
          const stopped = shadow.texts[0]!.length === before;
          await shadow.goOn('an abort in the middle');
          if (!early || stopped) return;
          check(
            attempt < attempts,
            `${attempts} times the signal was aborted in onProgress in the first half, but the call ran to its end`,
          );
        }
      },
    },
    {
      name: 'right after the call',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        await shadow.forward([kit.text(5, 1)]);
        await abortsOrEnds(shadow, [longText(kit, 8, 2)], new AbortController(), {});
        await shadow.goOn('an abort right after the call');
      },
    },
    {
      name: 'several rows of different lengths are all as before',
      needs: { rows: 3 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 3);
        await shadow.forward([kit.text(4, 1), kit.text(2, 2), []]);
        const controller = new AbortController();
        const onProgress = () => controller.abort(reason());
        const rows = [kit.text(3, 3), longText(kit, 8, 4), kit.text(1, 5)];
        await abortsOrEnds(shadow, rows, controller, { onProgress });
        await shadow.goOn('an abort with three rows');
      },
    },
    {
      name: 'an abort after the end changes nothing',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        const controller = new AbortController();
        await shadow.session.forward([kit.text(4, 1)], { signal: controller.signal });
        shadow.texts = [kit.text(4, 1)];
        controller.abort(reason());
        shadow.checkLengths('an abort after the end');
        await shadow.goOn('an abort after the end');
      },
    },
    {
      name: 'progress counts up to all positions of all rows',
      needs: { rows: 2 },
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit, 2);
        await shadow.forward([kit.text(2, 1), kit.text(1, 2)]);
        const rows = [longText(kit, 8, 3), kit.text(3, 4)];
        const seen: ForwardProgress[] = [];
        const onProgress = (progress: ForwardProgress) => void seen.push({ ...progress });
        await shadow.session.forward(rows, { logits: 'none', onProgress });
        const total = rows[0]!.length + rows[1]!.length;
        checkEqual(seen.at(-1), { done: total, total }, 'the last progress');
        for (const [index, { done }] of seen.entries()) {
          const last = seen[index - 1]?.done ?? 0;
          check(done >= last, `progress ${index} goes back from ${last} to ${done}`);
          checkEqual(seen[index]!.total, total, `total of progress ${index}`);
        }
      },
    },
  ],
};
