import { type FinishEvent, invalidParameter } from '@nexttoken/model';
import type { CollectedRow } from './collect';
import type { GenerateCapture, GenerateEvent, GenerateStep } from './generate-event';

/**
 * Waits for the end of a run and keeps what it said about each row.
 * @param events what `generate` returns
 * @returns the rows in their order
 * @throws NextTokenError `invalid-parameter` when a row ends without a finish; and whatever the run throws
 */
export async function collectRows<Capture extends GenerateCapture = GenerateCapture>(
  events: AsyncIterable<GenerateEvent<Capture>>,
): Promise<readonly CollectedRow<Capture>[]> {
  const steps: GenerateStep<Capture>[][] = [];
  const finishes: FinishEvent[] = [];
  for await (const event of events) {
    if (event.type === 'prefill') continue;
    steps[event.row] ??= [];
    if (event.type === 'step') steps[event.row]!.push(event);
    if (event.type === 'finish') finishes[event.row] = event;
  }
  return Array.from(steps, (list, row) => {
    const finish = finishes[row];
    if (!finish) throw invalidParameter('collect', 'events', `row ${row} without a finish`, 'a whole run');
    const { ids, text, reason, draft } = finish;
    return { ids, text, reason, ...(draft && { draft }), steps: list ?? [] };
  });
}
