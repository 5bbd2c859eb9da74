import { invalidParameter, type LogitsProcessor, NextTokenError } from '@nexttoken/model';

/**
 * Adds a bias to single tokens: `x_id ← x_id + bias`, in float32. -Infinity bans a token.
 *
 * @param biases pairs `[id, bias]`, each id once: an integer >= 0, and a number or -Infinity; 0 is neutral
 * @throws NextTokenError `invalid-parameter`; when it runs, `invalid-token-id` for an id beyond the row
 *
 * Cost: one step for each pair. Source: OpenAI's `logit_bias`, Hugging Face `SequenceBiasLogitsProcessor`
 * with sequences of one token.
 */
export function logitBias(biases: readonly (readonly [id: number, bias: number])[]): LogitsProcessor {
  const known = new Set<number>();
  for (const [id, bias] of biases) {
    if (!Number.isInteger(id) || id < 0) throw invalidParameter('logitBias', 'id', id, 'an integer >= 0');
    if (known.has(id)) throw invalidParameter('logitBias', 'id', id, 'named once');
    if (typeof bias !== 'number' || !(bias < Number.POSITIVE_INFINITY)) {
      throw invalidParameter('logitBias', 'bias', bias, 'a finite number or -Infinity');
    }
    known.add(id);
  }
  const pairs = biases.map(([id, bias]) => [id, bias] as const);
  return {
    kind: 'processor',
    type: 'logitBias',
    parameters: { biases: pairs },
    process(scores) {
      for (const [id, bias] of pairs) {
        if (id >= scores.length) {
          throw new NextTokenError('invalid-token-id', `logitBias: id ${id} is not below ${scores.length}`, {
            id,
            vocabSize: scores.length,
          });
        }
        if (bias !== 0) scores[id] = scores[id]! + Math.fround(bias);
      }
    },
  };
}
