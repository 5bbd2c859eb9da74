import {
  type ForwardResult,
  invalidParameter,
  NextTokenError,
  type Session,
  type StepEvent,
} from '@nexttoken/model';
import { logSumExp, topIndices } from '@nexttoken/numeric';
import { forwardPrompt } from '../loop/forward-prompt';
import { forwardTokens } from '../loop/forward-tokens';
import { checkCount } from '../options/check-count';
import { type GenerationPlan, planGeneration } from '../options/plan-generation';
import { checkStopCondition } from '../row/check-stop-condition';
import { scoresOf } from '../row/choose-token';
import { finishReason } from '../row/finish-reason';
import { finishRow } from '../row/finish-row';
import { logTotal } from '../row/read-logits';
import { acceptToken, createRow, type Row } from '../row/row';
import { ContextDirections } from './context-directions';
import type { ContrastCandidate, ContrastiveSearchEvent } from './contrastive-events';
import type { ContrastiveSearchOptions } from './contrastive-search-options';

const owner = 'contrastiveSearch';
const capture = { hiddenStates: true } as const;

function plan({ k, alpha, ...options }: ContrastiveSearchOptions): GenerationPlan {
  checkCount(owner, 'k', k, 1);
  if (!(alpha >= 0 && alpha <= 1)) throw invalidParameter(owner, 'alpha', alpha, 'a number in [0, 1]');
  const planned = planGeneration(options);
  const { capabilities } = planned.model;
  const refuse = (capability: string) =>
    new NextTokenError('unsupported-capability', `${owner}: the model does not offer ${capability}`, {
      capability,
    });
  for (const capability of ['hiddenStates', 'select'] as const) {
    if (!capabilities[capability]) throw refuse(capability);
  }
  if (capabilities.maxRows < k) throw refuse('maxRows');
  if (planned.rows[0]!.negativeIds) throw refuse('guidance');
  return planned;
}

/**
 * Continues a prompt with tokens that are probable and yet unlike what is there: of the k most probable tokens the
 * one with the greatest `(1 - alpha) · p(token) - alpha · max cos(h(token), h(position before))`, h the hidden
 * state that the logits are computed from. Nothing is drawn.
 *
 * Events as of `generate`, and before each `step` a `contrast` with all candidates. In a `step`, `score` and `share`
 * are those behind the processors.
 *
 * The model must hand out hidden states (`capabilities.hiddenStates`). Cost: one forward of k rows a token, and
 * `k · length · width` multiplications.
 *
 * Source: Su et al., "A Contrastive Framework for Neural Text Generation", 2022.
 *
 * @throws NextTokenError at once: what `generate` throws, `invalid-parameter` for k and alpha, and
 *   `unsupported-capability`; while running, what `generate` throws
 */
export function contrastiveSearch(
  options: ContrastiveSearchOptions,
): AsyncGenerator<ContrastiveSearchEvent, void, undefined> {
  return run(plan(options), options.k, options.alpha);
}

/** The candidates of a step, each with its own row of the session, and the answer that ranks them. */
async function weigh(
  session: Session,
  ids: Int32Array,
  probabilities: readonly number[],
  alpha: number,
  context: ContextDirections,
  signal: AbortSignal | undefined,
) {
  await session.select(Array.from(ids, () => 0));
  const rows = Array.from(ids, (id) => [id]);
  const result = await forwardTokens(session, rows, { logits: 'last', capture, signal });
  if (!result) return undefined;
  const directions = Array.from(ids, (_, row) => ContextDirections.of(result.hiddenStates?.[row])[0]!);
  const penalties = directions.map((direction) => context.closeness(direction));
  const scores = penalties.map((penalty, row) => (1 - alpha) * probabilities[row]! - alpha * penalty);
  const best = scores.indexOf(Math.max(...scores));
  const candidates = scores.map(
    (score, row): ContrastCandidate => ({
      id: ids[row]!,
      probability: probabilities[row]!,
      penalty: penalties[row]!,
      score,
      chosen: row === best,
    }),
  );
  return { result, best, candidates, direction: directions[best]! };
}

function stepOf(row: Row, id: number, raw: Float32Array, scores: Float32Array): StepEvent {
  const step = row.ids.length - row.promptLength;
  return {
    type: 'step',
    row: row.index,
    step,
    id,
    logit: raw[id]!,
    probability: Math.exp(raw[id]! - logTotal(raw, step, row.index)),
    score: scores[id]!,
    share: Math.exp(scores[id]! - logSumExp(scores)),
  };
}

async function* search(
  row: Row,
  session: Session,
  planned: GenerationPlan,
  k: number,
  alpha: number,
  begin: number,
): AsyncGenerator<ContrastiveSearchEvent, void, undefined> {
  const { signal, model } = planned;
  const context = new ContextDirections();
  const scratch = new Float32Array(model.vocabSize);
  const prompt: ForwardResult | undefined = yield* forwardPrompt(session, [row.ids], signal, capture);
  let logits = prompt && prompt.logits[0]!.data.slice();
  if (prompt) context.add(ContextDirections.of(prompt.hiddenStates?.[0]));
  for (;;) {
    const reason = finishReason(row, (performance.now() - begin) / 1000, planned);
    if (reason || !logits) return yield* finishRow(row, reason ?? 'aborted');
    const raw = logits;
    const step = row.ids.length - row.promptLength;
    logTotal(raw, step, row.index);
    const { scores } = scoresOf({ logits: raw, guidance: undefined }, row, planned, scratch);
    const ids = topIndices(scores, k);
    const total = logSumExp(scores);
    if (ids.length === 0 || Number.isNaN(total)) {
      const code = ids.length === 0 ? 'no-candidates' : 'invalid-scores';
      throw new NextTokenError(code, `${owner}: the scores of step ${step} are no distribution`, {
        step,
        row: row.index,
      });
    }
    const probabilities = Array.from(ids, (id) => Math.exp(scores[id]! - total));
    const weighed = await weigh(session, ids, probabilities, alpha, context, signal);
    if (!weighed) continue;
    const { best, candidates, direction, result } = weighed;
    const event = stepOf(row, ids[best]!, raw, scores);
    logits = result.logits[best]!.data.slice();
    context.add([direction]);
    await session.select([best]);
    acceptToken(row, event.id, planned);
    const text = row.writer.push(event.id);
    checkStopCondition(row, event, planned);
    yield { type: 'contrast', row: row.index, step, candidates };
    yield event;
    if (text !== '') yield { type: 'text', row: row.index, text };
  }
}

async function* run(
  planned: GenerationPlan,
  k: number,
  alpha: number,
): AsyncGenerator<ContrastiveSearchEvent, void, undefined> {
  const begin = performance.now();
  const row = createRow(planned, planned.rows[0]!, 0);
  const reason = finishReason(row, 0, planned);
  if (reason) return yield* finishRow(row, reason);
  const session = await planned.model.createSession();
  try {
    yield* search(row, session, planned, k, alpha, begin);
  } finally {
    await session.dispose();
  }
}
