import type { AttentionPatterns } from '@nexttoken/model';
import { check } from '../check/check';
import { checkAttention, compareAttention } from '../check/check-attention';
import type { Kit } from '../kit/kit';
import type { Suite } from '../kit/suite';

const capture = { attention: true } as const;

/** What the kit allows a weight, and a sum of weights, to be off. */
const toleranceOf = ({ tolerance }: Kit): number => Math.max(tolerance, 1e-4);

/** Checks the patterns of `positions` new positions at the end of `keys`. */
function checked(
  kit: Kit,
  patterns: AttentionPatterns | null | undefined,
  [positions, keys]: readonly [positions: number, keys: number],
  what: string,
): AttentionPatterns {
  return checkAttention(patterns, { positions, keys, tolerance: toleranceOf(kit), what });
}

/** The patterns of a text, read in one call by a session of its own. */
async function patternsAlone(kit: Kit, ids: readonly number[]): Promise<AttentionPatterns> {
  const { attention } = await (await kit.open()).forward([ids], { capture });
  const span = [ids.length, ids.length] as const;
  const patterns = checked(kit, attention?.[0], span, `fresh session, ${ids.length} ids`);
  return { ...patterns, data: patterns.data.slice() };
}

/** Positions `start` and on of some patterns, over all keys. */
function from(start: number, { data, layers, heads, positions, keys }: AttentionPatterns): AttentionPatterns {
  const rest = positions - start;
  const part = new Float32Array(layers * heads * rest * keys);
  for (let head = 0; head < layers * heads; head++)
    part.set(
      data.subarray((head * positions + start) * keys, (head + 1) * positions * keys),
      head * rest * keys,
    );
  return { data: part, layers, heads, positions: rest, keys };
}

/** What every new position attends to, given out where it is declared and asked for. */
export const attentionSuite: Suite = {
  name: 'attention',
  tests: [
    {
      name: 'each position’s weights sum to 1 and are 0 behind it; the logits are the same',
      needs: { attention: true },
      run: async (kit) => {
        const ids = kit.text(9, 1);
        const alone = await patternsAlone(kit, ids);
        for (const logits of ['last', 'none'] as const) {
          const answer = await (await kit.open()).forward([ids], { logits, capture });
          const what = `logits '${logits}' with attention`;
          const patterns = checked(kit, answer.attention?.[0], [9, 9], what);
          compareAttention(patterns, alone, { tolerance: toleranceOf(kit), what });
          if (logits === 'last') await kit.expectLast(answer.logits[0], ids, what);
          else check(answer.logits[0] === null, `${what}: logits must be null`);
        }
      },
    },
    {
      name: 'absent where it is not asked for',
      needs: { attention: true },
      run: async (kit) => {
        const session = await kit.open();
        for (const options of [{}, { capture: { attention: false } }]) {
          const answer = await session.forward([kit.text(2, 1)], options);
          check(answer.attention === undefined, 'attention is there although nobody asked for it');
        }
      },
    },
    {
      name: 'in pieces, over many chunks, as all at once: the keys are the row’s whole past',
      needs: { attention: true, context: 120 },
      run: async (kit) => {
        const length = Math.min(290, kit.model.capabilities.contextLength);
        const ids = kit.text(length, 1);
        const session = await kit.open();
        await session.forward([ids.slice(0, 30)], { logits: 'none' });
        for (const [start, end] of [
          [30, length - 1],
          [length - 1, length],
        ] as const) {
          const { attention } = await session.forward([ids.slice(start, end)], { capture });
          const what = `positions ${start} to ${end - 1} of ${length}`;
          const patterns = checked(kit, attention?.[0], [end - start, end], what);
          const alone = from(start, await patternsAlone(kit, ids.slice(0, end)));
          compareAttention(patterns, alone, { tolerance: toleranceOf(kit), what });
        }
      },
    },
    {
      name: 'of rows of different lengths, null for a row that sits out',
      needs: { attention: true, rows: 3 },
      run: async (kit) => {
        const session = await kit.open(3);
        const texts = [kit.text(4, 1), [], kit.text(9, 2)];
        const { attention } = await session.forward(texts, { capture });
        for (const [row, text] of texts.entries()) {
          const what = `row ${row} of 3`;
          if (text.length === 0) check(attention?.[row] === null, `${what}: it sat out, expected null`);
          else {
            const patterns = checked(kit, attention?.[row], [text.length, text.length], what);
            compareAttention(patterns, await patternsAlone(kit, text), { tolerance: toleranceOf(kit), what });
          }
        }
      },
    },
    {
      name: 'of rows that share their past',
      needs: { attention: true, select: true, rows: 3 },
      run: async (kit) => {
        const session = await kit.open();
        const prompt = kit.text(6, 1);
        await session.forward([prompt]);
        await session.select([0, 0, 0]);
        const tokens = [kit.text(2, 2), kit.text(2, 3), kit.text(1, 4)];
        const { attention } = await session.forward(tokens, { capture });
        for (const [row, ids] of tokens.entries()) {
          const what = `row ${row} of 3 with one past`;
          const patterns = checked(kit, attention?.[row], [ids.length, 6 + ids.length], what);
          const alone = from(6, await patternsAlone(kit, [...prompt, ...ids]));
          compareAttention(patterns, alone, { tolerance: toleranceOf(kit), what });
        }
      },
    },
    {
      name: 'beside the hidden states, in one call',
      needs: { attention: true, hiddenStates: true },
      run: async (kit) => {
        const ids = kit.text(5, 1);
        const both = { attention: true, hiddenStates: true };
        const { attention, hiddenStates } = await (await kit.open()).forward([ids], { capture: both });
        const what = 'attention beside hidden states';
        const patterns = checked(kit, attention?.[0], [5, 5], what);
        compareAttention(patterns, await patternsAlone(kit, ids), { tolerance: toleranceOf(kit), what });
        check(Boolean(hiddenStates?.[0]), `${what}: the hidden states are missing`);
      },
    },
  ],
};
