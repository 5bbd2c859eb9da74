import { invalidParameter } from '@nexttoken/model';
import type { CollectedRow } from './collect';
import type { GenerateCapture, GenerateEvent, GenerateFinish, GenerateStep } from './generate-event';

/**
 * Waits for the end of a run and keeps what it said about each row.
 * @param events what `generate` returns
 * @returns the rows in their order
 * @throws NextTokenError `invalid-parameter` when a row ends without a finish; and whatever the run throws
 */
export async function collectRows<Capture extends GenerateCapture = GenerateCapture, Value = never>(
  events: AsyncIterable<GenerateEvent<Capture, Value>>,
): Promise<readonly CollectedRow<Capture, Value>[]> {
  const steps: GenerateStep<Capture>[][] = [];
  const finishes: GenerateFinish<Value>[] = [];
  for await (const event of events as AsyncIterable<GenerateEvent<Capture>>) {
    if (event.type === 'prefill') continue;
    steps[event.row] ??= [];
    if (event.type === 'step') steps[event.row]!.push(event);
    if (event.type === 'finish') finishes[event.row] = event as GenerateFinish<Value>;
  }
  return Array.from(steps, (list, row) => {
    const finish = finishes[row];
    if (!finish) throw invalidParameter('collect', 'events', `row ${row} without a finish`, 'a whole run');
    const { type: _type, row: _row, ...rest } = finish;
    return { ...rest, steps: list ?? [] } as CollectedRow<Capture, Value>;
  });
}
