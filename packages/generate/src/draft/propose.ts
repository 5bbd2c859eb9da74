import { NextTokenError } from '@nexttoken/model';
import { categorical } from '@nexttoken/sampling';
import { atStep } from '../errors/at-step';
import { isAbort } from '../loop/forward-tokens';
import type { SessionRows } from '../loop/session-rows';
import type { GenerationPlan } from '../options/plan-generation';
import { laneLength } from '../row/lane';
import type { Row } from '../row/row';
import type { Proposal } from './draft';

/** Drafts may draw, too, only where the sampler is this one: `verifyDrawn` puts its distribution right. */
const { sample: draws } = /* @__PURE__ */ categorical();

/** How many proposals a row can use: it may not outgrow its limits, and one token always comes from the model. */
function roomOf(row: Row, { maxNewTokens, maxLength, model }: GenerationPlan): number {
  const step = row.ids.length - row.promptLength;
  const cached = Math.max(laneLength(row.lane), row.guidance ? laneLength(row.guidance) : 0);
  return (
    Math.min(maxNewTokens - step, maxLength - row.ids.length, model.capabilities.contextLength - cached + 1) -
    1
  );
}

/**
 * Asks the drafts of the rows, one after the other.
 * @returns the proposals by row index; rows without one are left out; nothing when the signal stopped it
 * @throws NextTokenError a draft's own, else `draft-failed`; details: draft, step, row
 */
export async function propose(
  rows: readonly Row[],
  plan: GenerationPlan,
): Promise<ReadonlyMap<number, Proposal>> {
  const proposals = new Map<number, Proposal>();
  const { draft, signal, processors, sampler, model } = plan;
  if (!draft) return proposals;
  for (const row of rows) {
    const { ids, promptLength, index, batchItem, processorStates: states } = row;
    const count = Math.min(roomOf(row, plan), model.capabilities.contextLength);
    if (count < 1) continue;
    const where = { draft: draft.type, step: ids.length - promptLength, row: index };
    const sampled = sampler.sample === draws;
    const context = { ids, promptLength, row: index, batchItem, count, processors, states, sampled, signal };
    let proposal: Proposal;
    try {
      proposal = await row.draft!.propose(context);
    } catch (error) {
      if (isAbort(error, signal)) return new Map();
      throw atStep(error, 'draft-failed', where);
    }
    const bad = proposal.ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < model.vocabSize));
    if (bad !== undefined || proposal.ids.length > count) {
      const message = `generate: the draft "${draft.type}" proposed ${bad ?? `${proposal.ids.length} ids`}`;
      throw new NextTokenError('draft-failed', message, { ...where, id: bad, count });
    }
    if (proposal.ids.length > 0) proposals.set(index, proposal);
  }
  return proposals;
}

/** The same proposals by row of the session; guidance rows read what their row reads. */
export function proposedTokens(
  proposals: ReadonlyMap<number, Proposal>,
  rows: readonly Row[],
  sessionRows: SessionRows,
): ReadonlyMap<number, readonly number[]> {
  const tokens = new Map<number, readonly number[]>();
  for (const row of rows) {
    const proposal = proposals.get(row.index);
    if (!proposal) continue;
    tokens.set(sessionRows.main(row), proposal.ids);
    if (row.guidance) tokens.set(sessionRows.guidance(row), proposal.ids);
  }
  return tokens;
}
