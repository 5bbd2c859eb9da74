import { checkStreamRequest, type StreamEvent, type StreamRequest } from '@nexttoken/model';
import { ReferenceStreamModel } from '../reference-stream-model';
import type { ReferenceWriter } from '../reference-writer';
import { type BrokenStream, brokenStreamModel } from './broken-stream';

const least = { capabilities: { processors: ['topK'], samplers: ['categorical'], options: [] } } as const;
const declared = 'options, prompts and samplers that are not declared';

/** A model that refuses less than it should. */
function lenient(
  mistake: string,
  test: string,
  change: (request: StreamRequest) => StreamRequest,
  options: ConstructorParameters<typeof ReferenceStreamModel>[0] = least,
): BrokenStream {
  return brokenStreamModel(
    mistake,
    ['refusal', test],
    class extends ReferenceStreamModel {
      protected override check(request: StreamRequest): void {
        super.check(change(request));
      }
    },
    options,
  );
}

const key = 'sk-a-key-of-the-test';

/** Mistakes of capabilities, refusals, secrets, aborts, streams side by side, and disposal. */
export const brokenStreaming: readonly BrokenStream[] = [
  brokenStreamModel(
    'the context length is not a number of positions',
    ['capabilities', 'complete and in range'],
    ReferenceStreamModel,
    { capabilities: { contextLength: 0.5 } },
  ),
  brokenStreamModel(
    'an option that the contract does not have is declared',
    ['capabilities', 'complete and in range'],
    ReferenceStreamModel,
    { capabilities: { options: ['maxNewTokens', 'temperature' as never] } },
  ),
  lenient(
    'options that are not declared are ignored',
    declared,
    ({ prompt, processors, sampler, signal }) => ({
      prompt,
      processors,
      sampler,
      signal,
    }),
  ),
  lenient('another sampler is taken', declared, (request) => ({ ...request, sampler: undefined })),
  lenient('unknown processors are skipped', 'processors that are not declared', (request) => ({
    ...request,
    processors: [],
  })),
  lenient(
    'illegal values are rounded to legal ones',
    'unknown options, illegal values',
    (request) => ({ ...request, maxNewTokens: Math.max(1, Math.round(request.maxNewTokens ?? 1)) }),
    {},
  ),
  lenient(
    'more candidates are asked for than there are',
    'more candidates and stop strings',
    (request) => ({ ...request, logprobs: Math.min(request.logprobs ?? 0, 5) }),
    {},
  ),
  brokenStreamModel(
    'stream() throws at once',
    ['refusal', 'stream() itself never throws', 'abort', 'disposal'],
    class extends ReferenceStreamModel {
      override stream(request: StreamRequest) {
        checkStreamRequest('reference', this.capabilities, { ...request, signal: undefined });
        return super.stream(request);
      }
    },
  ),
  {
    ...brokenStreamModel(
      'the key stands in an error',
      ['secrets', 'no description, no error'],
      class extends ReferenceStreamModel {
        protected override check(request: StreamRequest): void {
          checkStreamRequest(`reference with ${key}`, this.capabilities, request);
        }
      },
    ),
    options: { secrets: [key] },
  },
  brokenStreamModel(
    'the signal is looked at before the first token only',
    ['abort', 'in the middle'],
    class extends ReferenceStreamModel {
      protected override lookUp(): void {
        this.refuseIfDisposed();
      }
    },
  ),
  brokenStreamModel(
    'an abort is an error of its own',
    ['abort', 'in the middle'],
    class extends ReferenceStreamModel {
      protected override lookUp(request: StreamRequest): void {
        this.refuseIfDisposed();
        if (request.signal?.aborted) throw new Error('aborted');
      }
    },
  ),
  brokenStreamModel(
    'an aborted stream ends as if it had finished',
    ['abort', 'in the middle'],
    class extends ReferenceStreamModel {
      override async *stream(request: StreamRequest): AsyncGenerator<StreamEvent, undefined> {
        try {
          yield* super.stream(request);
        } catch (error) {
          if (error !== request.signal?.reason) throw error;
        }
        return undefined;
      }
    },
  ),
  brokenStreamModel(
    'streams that are left stay open',
    ['abort', 'live handles come back', 'disposal'],
    class extends ReferenceStreamModel {
      #closing = 0;
      protected override close(stream: object): void {
        if (this.#closing++ % 2 === 0) super.close(stream);
      }
    },
  ),
  brokenStreamModel(
    'streams at the same time share their state',
    ['concurrency', 'each of three streams'],
    class extends ReferenceStreamModel {
      #writer: ReferenceWriter | undefined;
      protected override writer(request: StreamRequest): ReferenceWriter {
        if (this.streams.size === 0) this.#writer = super.writer(request);
        return this.#writer!;
      }
      protected override close(): void {
        this.streams.clear();
      }
    },
  ),
  brokenStreamModel(
    'a running stream outlives its model',
    ['disposal', 'a running stream ends with disposed'],
    class extends ReferenceStreamModel {
      protected override lookUp({ signal }: StreamRequest): void {
        signal?.throwIfAborted();
      }
    },
  ),
  brokenStreamModel(
    'a disposed model streams all the same',
    ['disposal', 'a running stream ends with disposed'],
    class extends ReferenceStreamModel {
      override stream(request: StreamRequest) {
        this.disposed = false;
        return super.stream(request);
      }
    },
  ),
];
