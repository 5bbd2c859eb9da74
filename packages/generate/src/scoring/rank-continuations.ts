import {
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  NextTokenError,
  type Session,
  type Tokenizer,
} from '@nexttoken/model';
import { encodePrompt } from '../options/encode-prompt';
import type { Prompt } from '../options/generate-options';
import { logitsAt, logTotal } from '../row/read-logits';
import { encodeContinuation } from './encode-continuation';
import { scorePositions } from './score-positions';

/** What {@link rankContinuations} takes. */
export interface RankContinuationsOptions {
  readonly model: LanguageModel;
  /** Needed for prompt or continuations given as text. */
  readonly tokenizer?: Tokenizer | undefined;
  /** Text, or token ids; at least one token. */
  readonly prompt: Prompt;
  /** Texts, or token ids, each of at least one token. */
  readonly continuations: readonly Prompt[];
  /** Whether the tokenizer adds its special tokens to the prompt; default true. */
  readonly addSpecialTokens?: boolean | undefined;
  /** What is compared: the sum of a continuation's log-probabilities, or their mean. Default `sum`. */
  readonly by?: 'sum' | 'mean' | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A continuation and how probable it is. */
export interface ScoredContinuation {
  /** Its place in the list that was given. */
  readonly index: number;
  readonly ids: Int32Array;
  /** `log p(id | prompt, ids before)` in nats, shape `[ids.length]`. */
  readonly logProbabilities: Float64Array;
  /** Their sum: the log-probability of the whole continuation. */
  readonly logProbability: number;
  readonly meanLogProbability: number;
}

const owner = 'rankContinuations';
const optionNames: readonly string[] = Object.keys({
  model: 0,
  tokenizer: 0,
  prompt: 0,
  continuations: 0,
  addSpecialTokens: 0,
  by: 0,
  signal: 0,
} satisfies Record<keyof RankContinuationsOptions, 0>);

/** Continuations scored side by side; their caches are what bounds it. */
const batch = 16;

/** Scores some continuations in a session whose rows hold the prompt. */
async function scoreBatch(
  session: Session,
  first: Float32Array,
  list: readonly Int32Array[],
  allPositions: boolean,
  signal: AbortSignal | undefined,
): Promise<readonly Float64Array[]> {
  const total = logTotal(first, 0, 0);
  const starts = list.map((ids) => first[ids[0]!]! - total);
  const rows = list.map((ids) => (ids.length > 1 ? ids : []));
  const rest = await scorePositions(session, rows, allPositions, signal);
  return rest.map((scores, row) => Float64Array.from([starts[row]!, ...scores]));
}

function resolve(options: RankContinuationsOptions) {
  checkOptionNames(owner, options, optionNames);
  const { model, tokenizer, prompt, continuations, addSpecialTokens, by = 'sum' } = options;
  if (!Array.isArray(continuations) || continuations.length === 0) {
    throw invalidParameter(owner, 'continuations', continuations, 'a list of at least one continuation');
  }
  if (by !== 'sum' && by !== 'mean') throw invalidParameter(owner, 'by', by, "'sum' or 'mean'");
  const { vocabSize, capabilities } = model;
  const promptIds = encodePrompt({ owner, name: 'prompt', prompt, tokenizer, addSpecialTokens, vocabSize });
  const list = continuations.map((continuation, index) => {
    const ids = encodeContinuation({
      ...options,
      owner,
      name: `continuations[${index}]`,
      promptIds,
      continuation,
    });
    const length = promptIds.length + ids.length - 1;
    if (length <= capabilities.contextLength) return ids;
    const details = { length, contextLength: capabilities.contextLength, continuation: index };
    throw new NextTokenError('context-overflow', `${owner}: continuation ${index} does not fit`, details);
  });
  return { promptIds, list, by };
}

/**
 * How probable each of several continuations of a prompt is, the most probable first:
 * `log p(continuation | prompt) = Σ log p(id | prompt, ids before)`.
 *
 * A continuation given as text behind a prompt given as text is cut together with it where that leaves the
 * prompt's tokens as they are; else by itself.
 *
 * @returns the continuations in order, by sum or mean; equal ones in the order given
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `empty-prompt`, `invalid-token-id`,
 *   `tokenizer-mismatch`, `context-overflow`, `invalid-logits`; the signal's reason; what the backend throws
 *
 * Cost: the prompt is forwarded once (by models that can fork and select), the continuations side by side.
 */
export async function rankContinuations(
  options: RankContinuationsOptions,
): Promise<readonly ScoredContinuation[]> {
  const { promptIds, list, by } = resolve(options);
  const { model, signal } = options;
  const { select, fork, maxRows, allPositions } = model.capabilities;
  const shares = select && fork;
  const size = shares ? Math.min(batch, maxRows) : 1;
  const scored: ScoredContinuation[] = [];
  let base: Session | undefined;
  let session: Session | undefined;
  try {
    let first = new Float32Array(0);
    for (let begin = 0; begin < list.length; begin += size) {
      signal?.throwIfAborted();
      if (!base || !shares) {
        await base?.dispose();
        base = await model.createSession();
        const { logits } = await base.forward([promptIds], { signal });
        first = logitsAt(logits[0]!, 0).slice();
      }
      const part = list.slice(begin, begin + size);
      session = shares ? await base.fork() : base;
      if (part.length > 1) await session.select(part.map(() => 0));
      const rows = await scoreBatch(session, first, part, allPositions, signal);
      if (shares) await session.dispose();
      for (const [row, logProbabilities] of rows.entries()) {
        const logProbability = logProbabilities.reduce((sum, value) => sum + value, 0);
        const ids = part[row]!;
        const meanLogProbability = logProbability / ids.length;
        scored.push({ index: begin + row, ids, logProbabilities, logProbability, meanLogProbability });
      }
    }
  } finally {
    await session?.dispose();
    await base?.dispose();
  }
  const key = by === 'sum' ? 'logProbability' : 'meanLogProbability';
  return scored.sort((a, b) => b[key] - a[key]);
}
