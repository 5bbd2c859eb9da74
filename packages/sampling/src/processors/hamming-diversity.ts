import { type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import { checkFinite } from '../parameters/check-finite';

/**
 * Makes the groups of a diverse beam search differ: lowers each token by how often earlier groups of the same
 * prompt chose it in this very step, `x_i ← x_i - penalty · count_i`, in float32.
 *
 * @param penalty a finite number >= 0; 0 is neutral
 * @returns a processor with `requires.siblings`; it reads `siblings.chosenThisStep`
 * @throws NextTokenError `invalid-parameter`; when it runs, `unsupported-capability` without siblings
 *
 * Ids beyond the vocabulary are passed over; removed tokens stay removed. Cost: one step for each id chosen.
 * Source: Vijayakumar et al., "Diverse Beam Search", 2018; `HammingDiversityLogitsProcessor` of transformers 4.
 */
export function hammingDiversity(penalty: number): LogitsProcessor {
  const owner = 'hammingDiversity';
  checkFinite(owner, 'penalty', penalty, 0);
  const step = Math.fround(penalty);
  return {
    kind: 'processor',
    type: owner,
    parameters: { penalty },
    requires: { siblings: true },
    process(scores, { siblings }) {
      if (siblings === undefined) {
        throw new NextTokenError('unsupported-capability', `${owner}: the row has no siblings`, {
          processor: owner,
          capability: 'siblings',
        });
      }
      if (penalty === 0) return;
      const counts = new Map<number, number>();
      for (const id of siblings.chosenThisStep) counts.set(id, (counts.get(id) ?? 0) + 1);
      for (const [id, count] of counts) {
        if (id < scores.length) scores[id] = scores[id]! - Math.fround(step * count);
      }
    },
  };
}
