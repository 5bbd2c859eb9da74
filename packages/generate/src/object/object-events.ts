import type { FinishEvent } from '@nexttoken/model';
import type { ObjectProcessor } from '../constraint/constraining-processor';
import type { ObjectEnd } from '../events/generate-event';
import type { LoopEvent } from '../loop/run-rows';
import { partialJson } from './partial-json';

/** Whether the text of a row is all that its constraint asks for. */
function isComplete(
  { constraint, accept, initialState }: ObjectProcessor,
  { ids, reason }: FinishEvent,
): boolean {
  if (reason === 'end-token') return true;
  let state: unknown = initialState();
  for (const id of ids) state = accept(state, id);
  return constraint.isComplete(state);
}

async function endOf(processor: ObjectProcessor, finish: FinishEvent): Promise<ObjectEnd<unknown>> {
  const partial = partialJson(finish.text);
  if (!isComplete(processor, finish))
    return { objectStatus: 'cut-short', ...(partial !== undefined && { partial }) };
  try {
    return { objectStatus: 'complete', object: await processor.output.parse(finish.text) };
  } catch (error) {
    return { objectStatus: 'refused', partial, error };
  }
}

/** The events of a run, with the values that the texts stand for: as they grow, and at the end. */
export async function* objectEvents(
  events: AsyncGenerator<LoopEvent, void, undefined>,
  processor: ObjectProcessor,
): AsyncGenerator<unknown, void, undefined> {
  const texts: string[] = [];
  const shown: string[] = [];
  for await (const event of events) {
    if (event.type === 'finish') {
      yield { ...event, ...(await endOf(processor, event)) };
      continue;
    }
    yield event;
    if (event.type !== 'text') continue;
    const { row } = event;
    texts[row] = (texts[row] ?? '') + event.text;
    const object = partialJson(texts[row]);
    const text = JSON.stringify(object);
    if (object === undefined || text === shown[row]) continue;
    shown[row] = text;
    yield { type: 'object', row, object };
  }
}
