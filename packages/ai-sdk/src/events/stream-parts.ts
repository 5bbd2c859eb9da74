import type { LanguageModelV3StreamPart } from '@ai-sdk/provider';
import { generate } from '@nexttoken/generate';
import type { planCall } from '../options/plan-call';
import { finishReasonOf, usageOf } from './finish';

/**
 * The parts of one answer, as the AI SDK streams them.
 * @param raw whether every event of the loop comes too (`includeRawChunks`)
 */
export async function* streamParts(
  plan: ReturnType<typeof planCall>,
  raw: boolean,
): AsyncGenerator<LanguageModelV3StreamPart, void, undefined> {
  const id = '0';
  yield { type: 'stream-start', warnings: [] };
  yield { type: 'text-start', id };
  for await (const event of generate(plan)) {
    if (raw) yield { type: 'raw', rawValue: event };
    if (event.type === 'text') yield { type: 'text-delta', id, delta: event.text };
    if (event.type !== 'finish') continue;
    if (event.reason === 'aborted') throw plan.signal!.reason;
    yield { type: 'text-end', id };
    const usage = usageOf(plan.prompt.length, event.ids.length);
    yield { type: 'finish', usage, finishReason: finishReasonOf(event.reason) };
  }
}
