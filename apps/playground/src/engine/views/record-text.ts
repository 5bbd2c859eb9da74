import { type Run, startRun } from '@nexttoken/generate';
import { NextTokenError } from '@nexttoken/model';
import { chosenChain } from '../chosen-chain';
import { readyChoosing } from '../constraint/make-constraint';
import type { OpenModel } from '../open-model';
import type { Choosing, TextPosition } from '../protocol';

/**
 * Makes a text's steps again as a run that can be saved and replayed: what the settings choose is chosen, every other
 * token is put there. The caller disposes it.
 * @throws NextTokenError `invalid-parameter` for a text without a step
 */
export async function recordText(
  open: OpenModel,
  { ids, promptLength, settings }: Omit<TextPosition, 'model'> & Choosing,
  signal: AbortSignal,
): Promise<Run> {
  const { loaded, card } = open;
  const wanted = ids.slice(promptLength);
  if (wanted.length === 0)
    throw new NextTokenError('invalid-parameter', 'there is no step to record yet: step, or generate', {
      parameter: 'ids',
    });
  const { processors, sampler } = chosenChain(await readyChoosing(open, { settings }));
  let run = await startRun({
    model: loaded.model,
    tokenizer: loaded.tokenizer,
    prompt: ids.slice(0, promptLength),
    processors,
    sampler,
    seed: settings.seed,
    maxNewTokens: wanted.length,
    endTokenIds: card.endTokenIds,
    capture: { logits: true },
    signal,
  });
  for (;;) {
    const made = run.record.ids;
    const step = wanted.findIndex((id, index) => id !== made[index]);
    if (step < 0) return run;
    const forked = await run.fork({ step, token: wanted[step]!, signal });
    await run.dispose();
    run = forked;
  }
}
