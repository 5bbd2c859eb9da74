import type { LanguageModelV3, LanguageModelV3StreamPart } from '@ai-sdk/provider';
import { collect, generate } from '@nexttoken/generate';
import { finishReasonOf, usageOf } from '../events/finish';
import { streamParts } from '../events/stream-parts';
import { planCall } from '../options/plan-call';
import type { ModelSource } from './model-source';

/** A pull stream over a generator; cancelling leaves the generator. */
function readable(
  parts: AsyncGenerator<LanguageModelV3StreamPart>,
): ReadableStream<LanguageModelV3StreamPart> {
  return new ReadableStream<LanguageModelV3StreamPart>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.enqueue({ type: 'error', error });
          controller.close();
        }
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** One model of ours as a language model of the AI SDK's specification V3. */
export function createLanguageModel(modelId: string, source: ModelSource): LanguageModelV3 {
  return {
    specificationVersion: 'v3',
    provider: 'nexttoken',
    modelId,
    supportedUrls: {},
    async doGenerate(call) {
      const plan = planCall(call, source);
      call.abortSignal?.throwIfAborted();
      const { text, ids, reason } = await collect(generate(plan));
      if (reason === 'aborted') throw call.abortSignal!.reason;
      return {
        content: [{ type: 'text', text }],
        finishReason: finishReasonOf(reason),
        usage: usageOf(plan.prompt.length, ids.length),
        warnings: [],
      };
    },
    async doStream(call) {
      const plan = planCall(call, source);
      call.abortSignal?.throwIfAborted();
      return { stream: readable(streamParts(plan, call.includeRawChunks ?? false)) };
    },
  };
}
