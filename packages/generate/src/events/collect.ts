import {
  type FinishEvent,
  type GenerationEvent,
  invalidParameter,
  type StepCapture,
  type StepEvent,
} from '@nexttoken/model';

/** A finished row: its finish event's fields, and every step. */
export interface CollectedRow<Capture extends StepCapture = StepCapture>
  extends Pick<FinishEvent, 'ids' | 'text' | 'reason'> {
  readonly steps: readonly StepEvent<Capture>[];
}

/**
 * Waits for the end of a run of one row and keeps what it said.
 * @param events what `generate` returns
 * @throws NextTokenError `invalid-parameter` when the events are of several rows, or end without a finish;
 *   and whatever the run throws
 */
export async function collect<Capture extends StepCapture = StepCapture>(
  events: AsyncIterable<GenerationEvent<Capture>>,
): Promise<CollectedRow<Capture>> {
  const steps: StepEvent<Capture>[] = [];
  let finish: FinishEvent | undefined;
  for await (const event of events) {
    if (event.type === 'prefill') continue;
    if (event.row !== 0)
      throw invalidParameter('collect', 'events', `row ${event.row}`, 'the events of one row');
    if (event.type === 'step') steps.push(event);
    if (event.type === 'finish') finish = event;
  }
  if (!finish) throw invalidParameter('collect', 'events', 'no finish event', 'a whole run');
  return { ids: finish.ids, text: finish.text, reason: finish.reason, steps };
}
