import type { GenerationEvent, Tokenizer } from '@nexttoken/model';
import { displayToken } from '../token/display-token';
import { tokenText } from '../token/token-text';

/** One generated token and the numbers behind its choice. */
export interface TokenProbabilityRow {
  readonly step: number;
  readonly id: number;
  readonly token: string;
  readonly text: string;
  /** Raw. */
  readonly logit: number;
  /** Softmax of the raw logits. */
  readonly probability: number;
  /** After the processors. */
  readonly score: number;
  /** Softmax of the scores: how probable it was to be drawn. */
  readonly share: number;
  /** The uniform number that decided, where one did. */
  readonly draw?: number;
  /** Σ ln probability up to this token, in nats. */
  readonly cumulativeLogProbability: number;
}

export interface TokenProbabilities {
  readonly rows: readonly TokenProbabilityRow[];
  /** Σ ln probability over all rows, in nats: how probable the model itself finds what was generated. */
  readonly logProbability: number;
  /** exp(-logProbability / tokens); undefined when nothing was generated. */
  readonly perplexity: number | undefined;
}

/**
 * The tokens of a generated row as a table, from the events of `generate` (or the steps of `collect`).
 *
 * @param row which row, where the events are of several; default 0
 */
export function tokenProbabilities(
  events: Iterable<GenerationEvent>,
  tokenizer?: Tokenizer,
  row = 0,
): TokenProbabilities {
  const rows: TokenProbabilityRow[] = [];
  let sum = 0;
  for (const event of events) {
    if (event.type !== 'step' || event.row !== row) continue;
    const { step, id, logit, probability, score, share, draw } = event;
    sum += Math.log(probability);
    rows.push({
      step,
      id,
      token: displayToken(tokenizer, id),
      text: tokenText(tokenizer, id),
      logit,
      probability,
      score,
      share,
      ...(draw !== undefined && { draw }),
      cumulativeLogProbability: sum,
    });
  }
  return {
    rows,
    logProbability: sum,
    perplexity: rows.length > 0 ? Math.exp(-sum / rows.length) : undefined,
  };
}
