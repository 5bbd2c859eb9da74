import type { LogitsProcessor } from '@nexttoken/model';

const largest = 3.4028234663852886e38;

/**
 * Repairs a row with values that are no numbers: NaN becomes 0, +Infinity the largest float32 (3.4e38),
 * -Infinity the lowest. So it also brings back what was removed, at the lowest score: put processors that
 * remove behind it.
 *
 * It takes no parameter and does nothing to a row of finite scores. Cost: one pass.
 * Source: Hugging Face `InfNanRemoveLogitsProcessor`.
 */
export function infNanRemove(): LogitsProcessor {
  return {
    kind: 'processor',
    type: 'infNanRemove',
    parameters: {},
    process(scores) {
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i]!;
        if (Number.isNaN(score)) scores[i] = 0;
        else if (score > largest) scores[i] = largest;
        else if (score < -largest) scores[i] = -largest;
      }
    },
  };
}
