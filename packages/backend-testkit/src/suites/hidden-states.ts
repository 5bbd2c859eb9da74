import type { HiddenStates } from '@nexttoken/model';
import { applyOutputLayer } from '../check/apply-output-layer';
import { check } from '../check/check';
import { checkHiddenStates, compareHiddenStates } from '../check/check-hidden-states';
import { compareRow } from '../check/compare-row';
import type { Kit } from '../kit/kit';
import type { Suite } from '../kit/suite';

const capture = { hiddenStates: true } as const;

/** The hidden states of a text, read in one call by a session of its own. */
async function statesAlone(kit: Kit, ids: readonly number[]): Promise<HiddenStates> {
  const { hiddenStates } = await (await kit.open()).forward([ids], { capture });
  const states = checkHiddenStates(hiddenStates?.[0], ids.length, `fresh session, ${ids.length} ids`);
  return { ...states, data: states.data.slice() };
}

/** Positions `start` and on of some hidden states. */
function from(start: number, { data, layers, positions, width }: HiddenStates): HiddenStates {
  const rest = positions - start;
  const part = new Float32Array(layers * rest * width);
  for (let layer = 0; layer < layers; layer++)
    part.set(
      data.subarray((layer * positions + start) * width, (layer + 1) * positions * width),
      layer * rest * width,
    );
  return { data: part, layers, positions: rest, width };
}

/** What the blocks made of every new position, given out where it is declared and asked for. */
export const hiddenStatesSuite: Suite = {
  name: 'hidden states',
  tests: [
    {
      name: 'of all new positions, whatever logits are asked for; the logits are the same',
      needs: { hiddenStates: true },
      run: async (kit) => {
        const ids = kit.text(7, 1);
        const alone = await statesAlone(kit, ids);
        for (const logits of ['last', 'none'] as const) {
          const answer = await (await kit.open()).forward([ids], { logits, capture });
          const what = `logits '${logits}' with hidden states`;
          compareHiddenStates(checkHiddenStates(answer.hiddenStates?.[0], 7, what), alone, { ...kit, what });
          if (logits === 'last') await kit.expectLast(answer.logits[0], ids, what);
          else check(answer.logits[0] === null, `${what}: logits must be null`);
        }
      },
    },
    {
      name: 'absent where they are not asked for',
      needs: { hiddenStates: true },
      run: async (kit) => {
        const session = await kit.open();
        for (const options of [{}, { capture: { hiddenStates: false } }]) {
          const answer = await session.forward([kit.text(2, 1)], options);
          check(answer.hiddenStates === undefined, 'hiddenStates is there although nobody asked for it');
        }
      },
    },
    {
      name: 'in pieces, over many chunks, as all at once',
      needs: { hiddenStates: true, context: 200 },
      run: async (kit) => {
        const length = Math.min(390, kit.model.capabilities.contextLength);
        const ids = kit.text(length, 1);
        const alone = await statesAlone(kit, ids);
        const session = await kit.open();
        await session.forward([ids.slice(0, 50)], { logits: 'none' });
        const { hiddenStates } = await session.forward([ids.slice(50)], { capture });
        const what = `the last ${length - 50} of ${length} positions`;
        const states = checkHiddenStates(hiddenStates?.[0], length - 50, what);
        compareHiddenStates(states, from(50, alone), { ...kit, what });
      },
    },
    {
      name: 'of rows of different lengths, null for a row that sits out',
      needs: { hiddenStates: true, rows: 3 },
      run: async (kit) => {
        const session = await kit.open(3);
        const texts = [kit.text(4, 1), [], kit.text(9, 2)];
        const { hiddenStates } = await session.forward(texts, { capture });
        for (const [row, text] of texts.entries()) {
          const what = `row ${row} of 3`;
          if (text.length === 0) check(hiddenStates?.[row] === null, `${what}: it sat out, expected null`);
          else {
            const states = checkHiddenStates(hiddenStates?.[row], text.length, what);
            compareHiddenStates(states, await statesAlone(kit, text), { ...kit, what });
          }
        }
      },
    },
    {
      name: 'of rows that share their past',
      needs: { hiddenStates: true, select: true, rows: 3 },
      run: async (kit) => {
        const session = await kit.open();
        const prompt = kit.text(6, 1);
        await session.forward([prompt]);
        await session.select([0, 0, 0]);
        const tokens = [kit.text(2, 2), kit.text(2, 3), kit.text(1, 4)];
        const { hiddenStates } = await session.forward(tokens, { capture });
        for (const [row, ids] of tokens.entries()) {
          const what = `row ${row} of 3 with one past`;
          const alone = from(6, await statesAlone(kit, [...prompt, ...ids]));
          compareHiddenStates(checkHiddenStates(hiddenStates?.[row], ids.length, what), alone, {
            ...kit,
            what,
          });
        }
      },
    },
    {
      name: 'the last one times the output layer is the logits',
      needs: { hiddenStates: true, outputLayer: true },
      run: async (kit) => {
        const ids = kit.text(6, 1);
        const { data, layers, positions, width } = await statesAlone(kit, ids);
        const last = data.subarray((layers * positions - 1) * width);
        const logits = applyOutputLayer(kit.outputLayer!, last, kit.model.vocabSize);
        const what = 'the last hidden state times the output layer';
        compareRow(await kit.alone(ids), logits, { ...kit, what });
      },
    },
  ],
};
