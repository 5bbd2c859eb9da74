import {
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  type Session,
  type Tokenizer,
} from '@nexttoken/model';
import { checkCount } from '../options/check-count';
import { encodePrompt } from '../options/encode-prompt';
import type { Prompt } from '../options/generate-options';
import { scorePositions } from './score-positions';

/** What {@link scoreText} takes. */
export interface ScoreTextOptions {
  readonly model: LanguageModel;
  /** Needed for a text given as text. */
  readonly tokenizer?: Tokenizer | undefined;
  /** Text, or token ids; at least two tokens. */
  readonly text: Prompt;
  /** Whether the tokenizer adds its special tokens; default true. */
  readonly addSpecialTokens?: boolean | undefined;
  /** The most tokens that the model sees at once, an integer in [2, context]; default: the context. */
  readonly window?: number | undefined;
  /** How far the window moves, an integer in [1, window]; default: the window. Smaller: more context, more work. */
  readonly stride?: number | undefined;
  /** Stops between windows and at chunk borders; rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** One placing of the window: tokens `begin` to `end`, of which the last `scored` are scored. */
export interface ScoredWindow {
  readonly begin: number;
  readonly end: number;
  readonly scored: number;
  /** Sum of their losses, in nats. */
  readonly loss: number;
}

export interface TextScore {
  readonly ids: Int32Array;
  /** `-log p(token | tokens before it in its window)` in nats, shape `[ids.length]`; NaN where none is before it. */
  readonly losses: Float64Array;
  readonly windows: readonly ScoredWindow[];
  /** How many tokens were scored. */
  readonly scored: number;
  readonly meanLoss: number;
  /** `exp(meanLoss)`. */
  readonly perplexity: number;
}

const owner = 'scoreText';
const optionNames: readonly string[] = Object.keys({
  model: 0,
  tokenizer: 0,
  text: 0,
  addSpecialTokens: 0,
  window: 0,
  stride: 0,
  signal: 0,
  onProgress: 0,
} satisfies Record<keyof ScoreTextOptions, 0>);

/** The window's places: each token is scored once, by the first one in which another token is before it. */
function* placings(length: number, window: number, stride: number) {
  let reached = 0;
  for (let begin = 0; begin < length; begin += stride) {
    const end = Math.min(begin + window, length);
    const scored = Math.min(end - reached, end - begin - 1);
    if (scored > 0) yield { begin, end, scored };
    reached = end;
    if (end === length) return;
  }
}

async function emptied(session: Session | undefined, model: LanguageModel): Promise<Session> {
  if (session && model.capabilities.truncate) {
    await session.truncate([0]);
    return session;
  }
  await session?.dispose();
  return model.createSession();
}

/**
 * The loss of every token of a text, and its perplexity: `exp(Σ -log p(token | tokens before) / scored)`.
 * A text longer than the window is read in several placings of it, each by itself, `stride` apart; the
 * first token of a placing is scored by an earlier one or, where the stride is the window, not at all.
 *
 * @returns losses in nats, in float64
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `empty-prompt`, `invalid-token-id`,
 *   `tokenizer-mismatch`, `invalid-logits`; the signal's reason; what the backend throws
 *
 * Cost: the tokens of all placings are forwarded; 32 rows of logits are held at a time.
 */
export async function scoreText(options: ScoreTextOptions): Promise<TextScore> {
  checkOptionNames(owner, options, optionNames);
  const { model, tokenizer, text, addSpecialTokens, signal, onProgress } = options;
  const { contextLength, allPositions } = model.capabilities;
  const window = options.window ?? contextLength;
  const stride = options.stride ?? window;
  checkCount(owner, 'window', window, 2);
  checkCount(owner, 'stride', stride, 1);
  if (window > contextLength) throw invalidParameter(owner, 'window', window, `at most ${contextLength}`);
  if (stride > window) throw invalidParameter(owner, 'stride', stride, `at most the window, ${window}`);
  const { vocabSize } = model;
  const ids = encodePrompt({ owner, name: 'text', prompt: text, tokenizer, addSpecialTokens, vocabSize });
  if (ids.length < 2) throw invalidParameter(owner, 'text', ids.length, 'at least two tokens');

  const losses = new Float64Array(ids.length).fill(Number.NaN);
  const windows: ScoredWindow[] = [];
  let session: Session | undefined;
  try {
    for (const { begin, end, scored } of placings(ids.length, window, stride)) {
      signal?.throwIfAborted();
      session = await emptied(session, model);
      const first = end - scored;
      if (first - 1 > begin)
        await session.forward([ids.subarray(begin, first - 1)], { logits: 'none', signal });
      const scores = await scorePositions(session, [ids.subarray(first - 1, end)], allPositions, signal);
      let loss = 0;
      for (const [index, score] of scores[0]!.entries()) {
        losses[first + index] = -score;
        loss -= score;
      }
      windows.push({ begin, end, scored, loss });
      onProgress?.({ done: end, total: ids.length });
    }
  } finally {
    await session?.dispose();
  }
  const scored = windows.reduce((sum, each) => sum + each.scored, 0);
  const meanLoss = windows.reduce((sum, each) => sum + each.loss, 0) / scored;
  return { ids, losses, windows, scored, meanLoss, perplexity: Math.exp(meanLoss) };
}
