import { check, checkEqual } from '../check/check';
import type { StreamKit } from '../stream-kit/stream-kit';
import type { StreamSuite } from '../stream-kit/stream-suite';

const stringReasons = ['stop-string', 'stop'];
const idReasons = ['stop-token', 'end-token', 'stop'];

/** A text long enough to be stopped in, with the whitespace around it. */
async function wholeText(kit: StreamKit): Promise<string> {
  const { text } = await kit.read(kit.steady());
  const clean = text.replace(/\uFFFD+$/, '');
  check(clean.length >= 6, `the text ${JSON.stringify(text)} is too short to be stopped in`);
  return clean;
}

/** Reads with stop strings; the text must be what comes before the first of them. */
async function checkCut(kit: StreamKit, whole: string, stopStrings: readonly string[]): Promise<void> {
  const { text, events, finish } = await kit.read(kit.steady({ stopStrings }));
  const at = Math.min(...stopStrings.map((stop) => whole.indexOf(stop)).filter((place) => place >= 0));
  const what = `stopStrings ${JSON.stringify(stopStrings)} in ${JSON.stringify(whole)}`;
  checkEqual(text, whole.slice(0, at), what);
  check(stringReasons.includes(finish.reason), `${what}: the reason is ${finish.reason}`);
  checkEqual(events.at(-1)?.type, 'finish', `${what}: the last event`);
}

/** Where a text ends before its limit. */
export const stopsSuite: StreamSuite = {
  name: 'stops',
  tests: [
    {
      name: 'the text ends before a stop string, also one that lies across tokens',
      needs: { options: ['stopStrings'], steady: true },
      run: async (kit) => {
        const whole = await wholeText(kit);
        const middle = Math.floor(whole.length / 2);
        for (const length of [1, 4]) {
          await checkCut(kit, whole, [whole.slice(middle, middle + length)]);
        }
      },
    },
    {
      name: 'the first of several stop strings counts',
      needs: { options: ['stopStrings'], steady: true },
      run: async (kit) => {
        if (kit.model.capabilities.maxStopStrings < 2) return;
        const whole = await wholeText(kit);
        const pieces = Array.from({ length: whole.length - 3 }, (_, at) => whole.slice(at, at + 3));
        const first = (piece: string) => whole.indexOf(piece);
        const late = pieces.reduce((one, other) => (first(other) > first(one) ? other : one));
        const early = pieces[Math.floor(first(late) / 2)]!;
        await checkCut(kit, whole, [late, early]);
      },
    },
    {
      name: 'what looked like a stop string and was none is given out after all',
      needs: { options: ['stopStrings'], steady: true },
      run: async (kit) => {
        const whole = await wholeText(kit);
        // Begins like the text's end, and goes on otherwise: held back until the end, cut nowhere.
        const stopStrings = [`${whole.slice(-2)}\u0000never`];
        const { text } = await kit.read(kit.steady({ stopStrings }));
        checkEqual(
          text.replace(/\uFFFD+$/, ''),
          whole,
          `the text with stopStrings ${JSON.stringify(stopStrings)}`,
        );
      },
    },
    {
      name: 'the text ends before a stop id',
      needs: { options: ['stopTokenIds', 'logprobs'], steady: true, tokenIds: true },
      run: async (kit) => {
        const whole = await kit.read(kit.steady({ logprobs: 0 }));
        const ids = whole.tokens.map(({ id }) => id!);
        const stop = ids[Math.min(3, ids.length - 1)]!;
        const { text, tokens, finish } = await kit.read(kit.steady({ logprobs: 0, stopTokenIds: [stop] }));
        const before = ids.indexOf(stop);
        check(
          tokens.length - before <= 1,
          `${tokens.length} tokens came, the stop id was number ${before + 1}`,
        );
        check(whole.text.startsWith(text.replace(/\uFFFD+$/, '')), `${JSON.stringify(text)} is another text`);
        check(idReasons.includes(finish.reason), `the reason is ${finish.reason}`);
      },
    },
  ],
};
