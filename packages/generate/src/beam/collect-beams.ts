import type { BeamEvent, BeamFinishEvent, BeamStepEvent } from './beam-events';

/** A finished search. */
export interface CollectedBeams {
  /** The returned texts, prompt by prompt, best first. */
  readonly texts: readonly Omit<BeamFinishEvent, 'type'>[];
  readonly steps: readonly BeamStepEvent[];
}

/**
 * Waits for the end of a search and keeps what it said.
 * @param events what `beamSearch` returns
 * @throws whatever the search throws
 */
export async function collectBeams(events: AsyncIterable<BeamEvent>): Promise<CollectedBeams> {
  const texts: Omit<BeamFinishEvent, 'type'>[] = [];
  const steps: BeamStepEvent[] = [];
  for await (const event of events) {
    if (event.type === 'beams') steps.push(event);
    if (event.type !== 'finish') continue;
    const { type: _, ...text } = event;
    texts.push(text);
  }
  return { texts, steps };
}
