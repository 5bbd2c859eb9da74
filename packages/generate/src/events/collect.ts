import { invalidParameter } from '@nexttoken/model';
import { collectRows } from './collect-rows';
import type { GenerateCapture, GenerateEvent, GenerateFinish, GenerateStep } from './generate-event';

/** A finished row: its finish event's fields, and every step. */
export type CollectedRow<Capture extends GenerateCapture = GenerateCapture, Value = never> = Omit<
  GenerateFinish<Value>,
  'type' | 'row'
> & {
  readonly steps: readonly GenerateStep<Capture>[];
};

/**
 * Waits for the end of a run of one row and keeps what it said.
 * @param events what `generate` returns
 * @throws NextTokenError `invalid-parameter` when the events are of several rows, or end without a finish;
 *   and whatever the run throws
 */
export async function collect<Capture extends GenerateCapture = GenerateCapture, Value = never>(
  events: AsyncIterable<GenerateEvent<Capture, Value>>,
): Promise<CollectedRow<Capture, Value>> {
  const rows = await collectRows(events);
  if (rows.length === 1) return rows[0]!;
  throw invalidParameter('collect', 'events', `${rows.length} rows`, 'the events of one row');
}
