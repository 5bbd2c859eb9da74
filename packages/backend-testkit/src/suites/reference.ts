import { argmax } from '@nexttoken/numeric';
import { checkEqual, fail } from '../check/check';
import { checkLogits } from '../check/check-logits';
import { compareRow } from '../check/compare-row';
import type { Suite } from '../kit/suite';

/** The answers of somebody else: the only suite that does not take the backend's own word. */
export const referenceSuite: Suite = {
  name: 'reference',
  tests: [
    {
      name: 'the last logits equal the reference answers, and so does the best id',
      needs: { reference: true },
      run: async (kit) => {
        for (const [index, { ids, logits }] of kit.reference.entries()) {
          const what = `reference answer ${index} (${ids.length} ids), last position`;
          const expected = Float32Array.from(logits).slice(-kit.model.vocabSize);
          const actual = await kit.alone(Array.from(ids));
          compareRow(actual, expected, { ...kit, what });
          checkEqual(argmax(actual), argmax(expected), `${what}, best id`);
        }
      },
    },
    {
      name: 'the logits of all positions equal the reference answers',
      needs: { reference: true, allPositions: true },
      run: async (kit) => {
        const width = kit.model.vocabSize;
        for (const [index, { ids, logits }] of kit.reference.entries()) {
          const what = `reference answer ${index} (${ids.length} ids)`;
          if (logits.length === width) continue;
          if (logits.length !== width * ids.length) {
            fail(`${what} holds ${logits.length} logits: neither ${width} nor ${ids.length} x ${width}`);
          }
          const session = await kit.open();
          const result = await session.forward([ids], { logits: 'all' });
          const actual = checkLogits(result.logits[0], ids.length, kit.model, what);
          const expected = Float32Array.from(logits);
          for (let position = 0; position < ids.length; position++) {
            const range = [position * width, (position + 1) * width] as const;
            compareRow(actual.subarray(...range), expected.subarray(...range), {
              ...kit,
              what: `${what}, position ${position}`,
            });
          }
        }
      },
    },
  ],
};
