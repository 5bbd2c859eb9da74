import type { GenerateEvent, GenerateStep } from '@nexttoken/generate';
import { tokenLogprobs } from '../answer/token-logprobs';
import type { NamedToken } from '../answer/token-names';
import { shuttingDown } from '../http/api-error';
import type { GenerationRequest } from '../request/generation-request';
import type { ChoicePart, ChoiceStep } from './choice-part';
import { traceStep } from './trace-step';

function describeStep(
  event: GenerateStep,
  offset: number,
  { logprobs, trace }: GenerationRequest,
  name: (id: number) => NamedToken,
): ChoiceStep {
  const captured = event as { readonly logits?: Float32Array; readonly scores?: Float32Array };
  const row = captured.logits ?? captured.scores;
  return {
    id: event.id,
    offset,
    ...(logprobs && row && { logprobs: tokenLogprobs(row, event.id, logprobs) }),
    ...(trace && { trace: traceStep(event, name(event.id).token) }),
  };
}

/** The events of a run as parts of its choices. @throws ApiError 503 for a run that the server ended */
export async function* runChoices(
  events: AsyncIterable<GenerateEvent>,
  request: GenerationRequest,
  name: (id: number) => NamedToken,
): AsyncGenerator<ChoicePart, void, undefined> {
  const pending = new Map<number, ChoiceStep[]>();
  const lengths = new Map<number, number>();
  for await (const event of events) {
    if (event.type === 'prefill' || event.type === 'forced') continue;
    const index = event.row;
    const steps = pending.get(index) ?? [];
    if (event.type === 'step') {
      pending.set(index, [...steps, describeStep(event, lengths.get(index) ?? 0, request, name)]);
      continue;
    }
    pending.delete(index);
    if (event.type === 'text') {
      lengths.set(index, (lengths.get(index) ?? 0) + event.text.length);
      yield { index, text: event.text, steps };
      continue;
    }
    if (event.reason === 'aborted') throw shuttingDown('the server was stopped');
    yield { index, text: '', steps, finish: event.reason, newTokens: event.ids.length };
  }
}
