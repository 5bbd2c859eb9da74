import { choose } from './choose';
import { readyChoosing } from './constraint/make-constraint';
import type { OpenModel } from './open-model';
import type { GenerateRequest, GenerateResult, RunTo, TokenFacts } from './protocol';
import { memoryAt } from './step-memory';
import { tokenFacts } from './token-facts';

/** Below this raw share of the leader a step is a fork. */
const forkBelow = 0.5;

/** Takes tokens until the run's end, its limit, or the signal. What was taken until then was told, and stays. */
export async function generateTokens(
  open: OpenModel,
  request: GenerateRequest,
  signal: AbortSignal,
  emit: (facts: TokenFacts) => void,
): Promise<Omit<GenerateResult, 'forwards'>> {
  const { ids: prefix, promptLength, atMost, to, ...choosing } = await readyChoosing(open, request);
  const { rows, card } = open;
  const ids = [...prefix];
  const started = performance.now();
  let count = 0;
  let memory = await memoryAt(rows, choosing, { ids, promptLength });
  const end = (ending: GenerateResult['ending']) => ({
    ending,
    // The first row was known before: the clock runs over the others.
    tokensPerSecond: count >= 4 ? (1000 * (count - 1)) / (performance.now() - started) : undefined,
  });
  while (count < atMost) {
    if (signal.aborted) return end('stopped');
    const row = await rows.rowOf(ids);
    if (signal.aborted) return end('stopped');
    const position = { ids: [...ids], promptLength };
    const chosen = choose(row, choosing, position, memory);
    memory = chosen.next;
    const facts = tokenFacts(open, row, position, { ...chosen, by: 'sampler' });
    if (to === 'fork' && count > 0 && leader(facts) < forkBelow) return end('fork');
    emit(facts);
    ids.push(chosen.id);
    count++;
    if (card.endTokenIds.includes(chosen.id)) return end('end-token');
    if (isPause(to, facts.piece)) return end('sentence');
    // Lets a stop come in between two steps.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return end('limit');
}

function leader({ probability, rank, leading }: TokenFacts): number {
  return rank === 1 ? probability : leading;
}

function isPause(to: RunTo, piece: string): boolean {
  return to === 'sentence' && /[.!?…]["'”’)]?\s*$/.test(piece);
}
