import type { Tokenizer } from '@nexttoken/model';
import { argmax, entropy, logSumExp, topIndices } from '@nexttoken/numeric';
import { probabilityOf } from '../distribution/probability-of';
import { rowDivergence } from '../distribution/row-divergence';
import type { Processors } from '../next-token/next-token-table-data';
import { traceRow } from '../next-token/trace-row';
import { displayToken } from '../token/display-token';
import { rankOf } from '../token/rank-of';
import type { LensCell, LensToken } from './lens-data';

/** What a cell is made of. */
export interface CellInput {
  readonly layer: number;
  readonly position: number;
  /** Shape `[width]`. */
  readonly hidden: Float32Array;
  /** Shape `[vocabSize]` each: this layer's and the output's. */
  readonly logits: Float32Array;
  readonly output: Float32Array;
  /** The ids up to this position. */
  readonly ids: ArrayLike<number>;
}

export interface CellSettings {
  readonly top: number;
  readonly watch: readonly number[];
  readonly processors: Processors | undefined;
  readonly tokenizer: Tokenizer | undefined;
}

function magnitudeOf(hidden: Float32Array): number {
  let squares = 0;
  for (const value of hidden) squares += value * value;
  return Math.sqrt(squares / hidden.length);
}

function sampledOf({ logits, ids }: CellInput, processors: Processors, final: number): LensCell['sampled'] {
  const { scores } = traceRow(logits, processors, { ids, promptLength: ids.length });
  const kept = scores.reduce((count, score) => count + (score > Number.NEGATIVE_INFINITY ? 1 : 0), 0);
  return { kept, share: probabilityOf(scores, final) };
}

/** One layer's reading at one position. Cost: a few passes over the vocabulary. */
export function lensCell(input: CellInput, settings: CellSettings): LensCell {
  const { layer, position, hidden, logits, output } = input;
  const { top, watch, processors, tokenizer } = settings;
  const logTotal = logSumExp(logits);
  const tokenOf = (id: number, rank: number): LensToken => ({
    id,
    token: displayToken(tokenizer, id),
    logit: logits[id]!,
    probability: Math.exp(logits[id]! - logTotal),
    rank,
  });
  const ranked = (id: number): LensToken => tokenOf(id, rankOf(logits, id));
  const final = argmax(output);
  return {
    layer,
    position,
    top: Array.from(topIndices(logits, top), (id, index) => tokenOf(id, index + 1)),
    final: ranked(final),
    watched: watch.map(ranked),
    entropy: entropy(logits) / Math.LN2,
    divergence: logits === output ? 0 : rowDivergence(output, logits).kl,
    magnitude: magnitudeOf(hidden),
    ...(processors !== undefined && { sampled: sampledOf(input, processors, final)! }),
  };
}
