import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { checkTokenIds } from '../parameters/check-token-ids';
import { checkIdsInRow } from '../row/check-ids-in-row';
import { endsWith } from '../row/ends-with';

/** A sequence of token ids, and what is added to the last of them where the others have just been said. */
export type SequenceBias = readonly [sequence: ArrayLike<number>, bias: number];

/** Each sequence once, in the order of its first mention, with the last bias given for it. */
function checkBiases(biases: readonly SequenceBias[]): [readonly number[], number][] {
  if (!Array.isArray(biases) || biases.length === 0) {
    throw invalidParameter('sequenceBias', 'biases', biases, 'a list of pairs [sequence, bias], not empty');
  }
  const bySequence = new Map<string, [readonly number[], number]>();
  biases.forEach((pair: SequenceBias, i) => {
    const ids = checkTokenIds('sequenceBias', `biases[${i}][0]`, pair?.[0], 1);
    const bias = pair[1];
    if (typeof bias !== 'number' || !(Math.fround(bias) < Number.POSITIVE_INFINITY)) {
      throw invalidParameter('sequenceBias', `biases[${i}][1]`, bias, 'a finite number or -Infinity');
    }
    bySequence.set(ids.join(), [ids, bias]);
  });
  return [...bySequence.values()];
}

/**
 * Adds a bias to the last token of a sequence wherever the row ends with the tokens before it:
 * `x_last ← x_last + bias`, in float32; a sequence of one token always gets it. Biases of sequences with the
 * same last token add up. -Infinity bans the sequence.
 *
 * @param biases pairs `[ids, bias]`, at least one: ids are integers >= 0, a bias is a finite number (0 is
 *   neutral) or -Infinity. Of a sequence named twice the last bias counts
 * @throws NextTokenError `invalid-parameter`; when it runs, `invalid-token-id` for an id beyond the row
 *
 * Cost: about one comparison for each sequence. Source: Hugging Face `SequenceBiasLogitsProcessor`.
 */
export function sequenceBias(biases: readonly SequenceBias[]): LogitsProcessor {
  const pairs = checkBiases(biases);
  const allIds = pairs.flatMap(([sequence]) => sequence);
  // Those of one token are added up first, then the longer ones.
  const inOrder = [...pairs].sort(([a], [b]) => Number(a.length > 1) - Number(b.length > 1));
  return {
    kind: 'processor',
    type: 'sequenceBias',
    parameters: { biases: pairs },
    process(scores, { ids }) {
      checkIdsInRow('sequenceBias', allIds, scores);
      const sums = new Map<number, number>();
      for (const [sequence, bias] of inOrder) {
        const prefixLength = sequence.length - 1;
        if (bias === 0 || !endsWith(ids, sequence, prefixLength)) continue;
        const last = sequence[prefixLength]!;
        sums.set(last, Math.fround((sums.get(last) ?? 0) + Math.fround(bias)));
      }
      for (const [id, sum] of sums) scores[id] = scores[id]! + sum;
    },
  };
}
