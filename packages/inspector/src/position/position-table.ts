import {
  checkOptionNames,
  type ForwardProgress,
  invalidParameter,
  type LanguageModel,
  NextTokenError,
  type Session,
  type Tokenizer,
} from '@nexttoken/model';
import { displayToken } from '../token/display-token';
import { tokenText } from '../token/token-text';
import { predictionRows } from './prediction-rows';
import { type Prediction, readPrediction } from './read-prediction';

export interface PositionTableOptions {
  /** How many alternatives a position, an integer >= 0; default 5. */
  readonly top?: number;
  readonly signal?: AbortSignal | undefined;
  /** Predictions computed of all. */
  readonly onProgress?: ((progress: ForwardProgress) => void) | undefined;
}

/** One position of the text, and how well the model saw it coming. */
export interface PositionRow {
  readonly position: number;
  readonly id: number;
  readonly token: string;
  readonly text: string;
  /** Missing at the first position: nothing comes before it. */
  readonly prediction?: Prediction;
}

export interface PositionTable {
  readonly rows: readonly PositionRow[];
  /** How many positions have a prediction: all but the first. */
  readonly scored: number;
  /** Sum of -ln p over the scored positions, in nats. */
  readonly negativeLogLikelihood: number;
  /** exp(mean of -ln p); undefined when nothing is scored. */
  readonly perplexity: number | undefined;
  /** Surprisal of the scored text by its bytes (special tokens have none); undefined without a tokenizer or bytes. */
  readonly bitsPerByte: number | undefined;
}

function countBytes(ids: ArrayLike<number>, tokenizer: Tokenizer): number {
  let count = 0;
  for (let position = 1; position < ids.length; position++) {
    const id = ids[position]!;
    if (!tokenizer.isSpecial(id)) count += tokenizer.bytesOf(id)?.length ?? 0;
  }
  return count;
}

/**
 * Reads a text with a model and tells, for every position, what the model thought of its token before it
 * saw it: logit, probability, rank, surprisal, the best alternatives; and loss, perplexity and bits per byte
 * of the whole.
 *
 * `surprisal = -log2 softmax(logits)[id]`, `perplexity = exp(mean nll)`, `bits per byte = Σ surprisal / bytes`,
 * in float64. The text is read 64 positions at a time, so no more than `64 x vocabSize` logits exist at once
 * (a model that gives the last position only is read token by token). The last id is not forwarded.
 *
 * @param source a model (a session is opened, and disposed in any case), or a session of one row, which is
 *   continued: it then holds all ids but the last, and what it held before counts as context
 * @param ids at least one token id
 * @throws NextTokenError `empty-prompt`, `invalid-parameter`, `context-overflow`, `invalid-token-id`,
 *   `invalid-scores`, `unsupported-option`; the signal's reason on abort
 */
export async function positionTable(
  source: LanguageModel | Session,
  ids: ArrayLike<number>,
  tokenizer?: Tokenizer,
  options: PositionTableOptions = {},
): Promise<PositionTable> {
  checkOptionNames('positionTable', options, ['top', 'signal', 'onProgress']);
  const { top = 5, ...settings } = options;
  if (!Number.isInteger(top) || top < 0)
    throw invalidParameter('positionTable', 'top', top, 'an integer >= 0');
  if (ids.length === 0)
    throw new NextTokenError('empty-prompt', 'positionTable: there is no token to look at');

  const predictions: Prediction[] = [];
  for await (const { id, logits } of predictionRows(source, ids, { owner: 'positionTable', ...settings })) {
    predictions.push(readPrediction(logits, id, top, tokenizer));
  }
  const rows = Array.from(ids, (id, position): PositionRow => {
    const prediction = predictions[position - 1];
    const row = { position, id, token: displayToken(tokenizer, id), text: tokenText(tokenizer, id) };
    return prediction ? { ...row, prediction } : row;
  });

  const bits = predictions.reduce((sum, { surprisal }) => sum + surprisal, 0);
  const scored = predictions.length;
  const bytes = tokenizer ? countBytes(ids, tokenizer) : 0;
  return {
    rows,
    scored,
    negativeLogLikelihood: bits * Math.LN2,
    perplexity: scored > 0 ? 2 ** (bits / scored) : undefined,
    bitsPerByte: bytes > 0 ? bits / bytes : undefined,
  };
}
