import type { ForwardResult, Session } from '@nexttoken/model';
import { forwardPrompt } from '../loop/forward-prompt';
import { forwardTokens } from '../loop/forward-tokens';
import { advanceItem } from './advance-item';
import { type Beam, type BeamItem, createItem, isDone } from './beam';
import type { BeamEvent } from './beam-events';
import type { BeamSearchOptions } from './beam-search-options';
import { finishItem } from './finish-item';
import { type BeamPlan, planBeamSearch } from './plan-beam-search';

/**
 * Searches the most probable continuations of one or several prompts, and shows every step.
 *
 * Each step: `log_softmax(logits)` of every beam, the processors, plus what the beam has so far; of all ways to go
 * on the best `max(2, 1 + endTokens) · numBeams` are candidates; the rules of `judgeBeams` (one group) or
 * `judgeGroup` (several groups; give `hammingDiversity` among the processors) decide about each of them.
 * Texts are ranked by `logProbability / length ** lengthPenalty`, the end token counted.
 *
 * With `sample` the candidates are drawn without replacement. `allowTokens` among the processors constrains the
 * search; where fewer tokens are left than candidates are wanted, there are fewer beams, never impossible ones.
 *
 * Events: `prefill` while the prompts are read; for each prompt and step a `beams`, with every candidate, its
 * scores, its fate and the reason; at the end the texts of each prompt, best first, each a `finish`.
 *
 * The prompt is read once and its cache is shared by the beams (`session.select`); then one forward a step takes
 * one token for every beam. The session is disposed, also when the consumer leaves early.
 *
 * Cost: one forward of `prompts · numBeams` rows a step, and one softmax and one selection a row.
 * Source: `_beam_search` of transformers 5; diverse groups: Vijayakumar et al., "Diverse Beam Search", 2018.
 *
 * @throws NextTokenError at once: `unsupported-option`, `invalid-parameter`, `unsupported-capability`,
 *   `empty-prompt`, `invalid-token-id`, `tokenizer-mismatch`, `context-overflow`; while running: what the backend
 *   throws, `no-candidates`, `invalid-logits`, `invalid-scores`, `processor-failed`, `stop-condition-failed`
 */
export function beamSearch(options: BeamSearchOptions): AsyncGenerator<BeamEvent, void, undefined> {
  return run(planBeamSearch(options));
}

/** Brings the session's rows in line with the beams. */
async function arrange(session: Session, beams: readonly Beam[]): Promise<void> {
  const parents = beams.map(({ row }) => row);
  const same = parents.length === session.rowCount && parents.every((parent, row) => parent === row);
  if (!same) await session.select(parents);
  for (const [row, beam] of beams.entries()) beam.row = row;
}

async function* search(
  items: readonly BeamItem[],
  session: Session,
  plan: BeamPlan,
): AsyncGenerator<BeamEvent, void, undefined> {
  const { signal, model, groupSize } = plan;
  const begin = performance.now();
  const scratch = Array.from({ length: groupSize }, () => new Float32Array(model.vocabSize));
  let result: ForwardResult<'last'> | undefined = yield* forwardPrompt(session, plan.prompts, signal);
  while (result) {
    const { logits } = result;
    const rawOf = (row: number) => logits[row]!.data;
    const late = (performance.now() - begin) / 1000 >= plan.maxTime;
    const live = items.filter((item) => !isDone(item));
    const events = live.map((item) => advanceItem(item, { plan, rawOf, scratch, late }));
    yield* events;
    const beams = live.flatMap(({ groups }) =>
      groups.flatMap((group) => (group.end === undefined ? group.beams : [])),
    );
    if (beams.length === 0 || signal?.aborted) return;
    await arrange(session, beams);
    const tokens = beams.map(({ ids }) => ids.slice(-1));
    result = await forwardTokens(session, tokens, { logits: 'last', signal });
  }
}

async function* run(plan: BeamPlan): AsyncGenerator<BeamEvent, void, undefined> {
  const { model, prompts, signal } = plan;
  const items = prompts.map((_, index) => createItem(plan, index));
  if (!signal?.aborted) {
    const session = await model.createSession({ rows: prompts.length });
    try {
      yield* search(items, session, plan);
    } finally {
      await session.dispose();
    }
  }
  for (const item of items) yield* finishItem(item, plan, isDone(item) ? 'unfinished' : 'aborted');
}
