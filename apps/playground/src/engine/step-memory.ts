import { restoreRandom } from '@nexttoken/numeric';
import { choose, freshMemory, randomAt, type StepMemory, type StepPosition } from './choose';
import { chosenChain } from './chosen-chain';
import type { ReadyChoosing } from './constraint/make-constraint';
import type { RowSource } from './row-source';

/**
 * What a step inherits under these settings. Samplers that follow the text (mirostat) and processors that toss (xtc) are
 * led through all steps from the prompt on; for all others it is the step's own luck, and costs nothing.
 */
export async function memoryAt(
  rows: RowSource,
  choosing: ReadyChoosing,
  position: StepPosition,
): Promise<StepMemory> {
  const { settings } = choosing;
  if (!chosenChain(choosing).hasMemory) return freshMemory(choosing, position);
  const { ids, promptLength } = position;
  let memory: StepMemory = { random: randomAt(settings.seed, 0), state: undefined };
  for (let end = promptLength; end < ids.length; end++) {
    const before = { ids: ids.slice(0, end), promptLength };
    memory = choose(await rows.rowOf(before.ids), choosing, before, memory).next;
  }
  return memory;
}

/** The same memory with a source of its own, for looking ahead. */
export function copyOf({ random, state }: StepMemory): StepMemory {
  return { random: restoreRandom(random.state), state };
}
