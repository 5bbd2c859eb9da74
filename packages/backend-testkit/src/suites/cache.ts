import type { Kit } from '../kit/kit';
import { ShadowSession } from '../kit/shadow-session';
import type { Suite } from '../kit/suite';

/** Caches grow in blocks, often of 256: the lengths at which they break. */
const borders = [1, 2, 255, 256, 257] as const;

/** The borders that this model's context has room for. */
export function bordersWithin(kit: Kit): number[] {
  return borders.filter((length) => length < kit.model.capabilities.contextLength);
}

/** Reads a text in pieces of these sizes, over and over; compares where the text ends. */
async function readInPieces(kit: Kit, length: number, sizes: readonly number[]): Promise<void> {
  const shadow = await ShadowSession.open(kit);
  const text = kit.text(length, 1);
  for (let start = 0, piece = 0; start < length; piece++) {
    const end = Math.min(length, start + sizes[piece % sizes.length]!);
    const what = `${length} ids in pieces of ${sizes}, positions ${start} to ${end - 1}`;
    if (end < length) await shadow.fill([text.slice(start, end)], what);
    else await shadow.forward([text.slice(start, end)], what);
    start = end;
  }
  await shadow.session.dispose();
}

/** However a text is cut into calls, the answer is that of one call. */
export const cacheSuite: Suite = {
  name: 'cache',
  tests: [
    {
      name: 'one by one equals all at once, at 1, 2, 255, 256, 257 positions',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        const lengths = bordersWithin(kit);
        for (const [position, id] of kit.text(lengths.at(-1) ?? 1, 1).entries()) {
          const what = `id after id, position ${position}`;
          if (lengths.includes(position + 1)) await shadow.forward([[id]], what);
          else await shadow.fill([[id]], what);
        }
      },
    },
    {
      name: 'pieces of odd sizes equal all at once',
      run: async (kit) => {
        for (const length of bordersWithin(kit)) await readInPieces(kit, length, [3, 1, 7, 2, 31]);
      },
    },
    {
      name: 'a long piece and one id equal all at once',
      run: async (kit) => {
        for (const length of bordersWithin(kit))
          await readInPieces(kit, length, [Math.max(1, length - 1), 1]);
      },
    },
    {
      name: 'one id and a long piece equal all at once',
      run: async (kit) => {
        for (const length of bordersWithin(kit)) await readInPieces(kit, length, [1, length]);
      },
    },
    {
      name: 'every answer on the way equals the text up to there',
      run: async (kit) => {
        const shadow = await ShadowSession.open(kit);
        for (const id of kit.text(12, 2)) await shadow.forward([[id]], 'id after id');
      },
    },
  ],
};
