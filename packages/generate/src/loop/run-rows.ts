import type { ForwardResult, GenerationEvent, StepEvent, TextEvent } from '@nexttoken/model';
import { endWithConstraint } from '../constraint/end-with-constraint';
import { isForced, jumpForward } from '../constraint/jump-forward';
import type { Proposal } from '../draft/draft';
import { propose, proposedTokens } from '../draft/propose';
import type { ForcedEvent } from '../events/generate-event';
import type { GenerationPlan } from '../options/plan-generation';
import { checkStopCondition } from '../row/check-stop-condition';
import { chooseToken } from '../row/choose-token';
import { endTokenInTop } from '../row/end-token-in-top';
import { finishReason } from '../row/finish-reason';
import { finishRow } from '../row/finish-row';
import { logitsAt } from '../row/read-logits';
import { acceptToken, createRow, type Row } from '../row/row';
import { forwardPrompt } from './forward-prompt';
import { forwardTokens } from './forward-tokens';
import { SessionRows } from './session-rows';

/** What the loop itself reports. */
export type LoopEvent = GenerationEvent | ForcedEvent;

type Result = ForwardResult<'last' | 'all'>;

/** What one run needs at every step. */
interface Run {
  readonly plan: GenerationPlan;
  readonly scratch: Float32Array;
  readonly begin: number;
}

/** Seconds since `begin`. */
const elapsed = (begin: number): number => (performance.now() - begin) / 1000;

/** The rows that go on; those that end say so. */
async function* finishRows(
  rows: readonly Row[],
  { plan, begin }: Run,
): AsyncGenerator<GenerationEvent, Row[], undefined> {
  const live: Row[] = [];
  for (const row of rows) {
    const reason = finishReason(row, elapsed(begin), plan);
    if (reason) yield* finishRow(row, reason);
    else live.push(row);
  }
  return live;
}

/** Chooses the tokens of one row: one, and behind every accepted proposal one more. */
function* chooseTokens(
  row: Row,
  result: Result,
  sessionRows: SessionRows,
  proposal: Proposal | undefined,
  { plan, scratch, begin }: Run,
): Generator<StepEvent | TextEvent, void, undefined> {
  const logits = result.logits[sessionRows.main(row)]!;
  const guidance = row.guidance && result.logits[sessionRows.guidance(row)]!;
  const count = proposal?.ids.length ?? 0;
  row.forwards++;
  row.proposed += count;
  for (let index = 0; index <= count; index++) {
    const raw = logitsAt(logits, logits.positions - 1 - count + index);
    if (plan.endTokenInTop && endTokenInTop(raw, plan.endTokenIds, plan.endTokenInTop)) {
      row.ended = 'end-token-in-top';
      return;
    }
    const against = guidance && logitsAt(guidance, guidance.positions - 1 - count + index);
    const proposed =
      index < count ? { id: proposal!.ids[index]!, scores: proposal!.scores?.[index] } : undefined;
    const step = chooseToken({ logits: raw, guidance: against }, row, plan, scratch, proposed);
    acceptToken(row, step.id, plan);
    plan.observe?.(row);
    if (step.drafted?.accepted) row.accepted++;
    const text = row.writer.push(step.id);
    checkStopCondition(row, step, plan);
    endWithConstraint(row, plan);
    yield step;
    if (text !== '') yield { type: 'text', row: row.index, text };
    if (!step.drafted?.accepted) return;
    if (finishReason(row, elapsed(begin), plan)) return;
    // What a grammar forces is not chosen, with a draft as without one.
    if (isForced(row, plan)) return;
  }
}

/** Appends what the rows' grammars force; nothing where there is none. */
function* jumpRows(
  rows: readonly Row[],
  { plan, begin }: Run,
): Generator<ForcedEvent | TextEvent, void, undefined> {
  if (!plan.constrained) return;
  for (const row of rows) yield* jumpForward(row, plan, () => elapsed(begin));
}

/** The rows from their prompts to their ends, in a session that has as many rows as {@link SessionRows} says. */
async function* runRows(
  rows: readonly Row[],
  sessionRows: SessionRows,
  run: Run,
): AsyncGenerator<LoopEvent, void, undefined> {
  const { plan } = run;
  const { session } = sessionRows;
  const { signal } = plan;
  let isPrompt = true;
  yield* jumpRows(rows, run);
  for (let live = rows; ; ) {
    live = yield* finishRows(live, run);
    if (live.length === 0) return;
    await sessionRows.compact(live);
    const slides = await sessionRows.slide(live);
    const proposals = isPrompt || slides ? new Map<number, Proposal>() : await propose(live, plan);
    if (signal?.aborted) continue;
    const tokens = sessionRows.pending(live, proposedTokens(proposals, live, sessionRows));
    const request = { logits: proposals.size > 0 ? 'all' : 'last', signal } as const;
    const result: Result | undefined = isPrompt
      ? yield* forwardPrompt(session, tokens, signal)
      : await forwardTokens(session, tokens, request);
    if (!result) continue;
    for (const row of live) yield* chooseTokens(row, result, sessionRows, proposals.get(row.index), run);
    if (proposals.size > 0) await sessionRows.rollBack(live);
    if (isPrompt) await sessionRows.expand();
    isPrompt = false;
    yield* jumpRows(live, run);
  }
}

/** Runs a plan from its prompts to the last finish event, and disposes what it opened. */
export async function* runPlan(plan: GenerationPlan): AsyncGenerator<LoopEvent, void, undefined> {
  const { model, session: given, processors, minNewTokens } = plan;
  const run = {
    plan,
    scratch: new Float32Array(processors.length > 0 || minNewTokens > 0 ? model.vocabSize : 0),
    begin: performance.now(),
  };
  const rows = plan.rows.map((row) => createRow(plan, row, given?.lengths[0] ?? 0));
  for (const row of rows) plan.observe?.(row);
  let session = given;
  try {
    const live = yield* finishRows(rows, run);
    if (live.length === 0) return;
    session ??= await model.createSession({ rows: SessionRows.count(plan) });
    yield* runRows(live, new SessionRows(plan, session, rows), run);
  } finally {
    if (session !== given) await session?.dispose();
    for (const row of rows) await row.draft?.dispose();
  }
}
