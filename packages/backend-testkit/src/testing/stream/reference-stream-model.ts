import {
  checkStreamRequest,
  NextTokenError,
  type StreamCapabilities,
  type StreamDescription,
  type StreamEvent,
  type StreamModel,
  type StreamRequest,
} from '@nexttoken/model';
import { createReferenceNetwork } from '../reference-network';
import { vocabSize } from './reference-vocabulary';
import { ReferenceWriter } from './reference-writer';

export interface ReferenceStreamModelOptions {
  /** Of the weights; default 1. */
  readonly seed?: number;
  /** What differs from the full set. */
  readonly capabilities?: Partial<StreamCapabilities>;
}

const everything: StreamCapabilities = {
  prompts: ['text', 'ids', 'messages'],
  processors: ['temperature', 'topK'],
  samplers: ['categorical', 'greedy'],
  options: [
    'maxNewTokens',
    'minNewTokens',
    'stopStrings',
    'stopTokenIds',
    'seed',
    'logprobs',
    'promptLogprobs',
    'continueFinalMessage',
  ],
  maxCandidates: 5,
  maxStopStrings: 4,
  tokenIds: true,
  tokenBytes: true,
  deterministic: true,
  contextLength: 600,
};

/** A tiny but complete `StreamModel`, strict about the whole contract: to test the kit with, and as an example. */
export class ReferenceStreamModel implements StreamModel {
  readonly specification = 'nexttoken-stream-1';
  readonly modelId = 'reference';
  readonly capabilities: StreamCapabilities;
  readonly network;
  /** Streams that have begun and not ended. */
  readonly streams = new Set<object>();
  protected disposed = false;

  constructor({ seed = 1, capabilities = {} }: ReferenceStreamModelOptions = {}) {
    this.capabilities = { ...everything, ...capabilities };
    this.network = createReferenceNetwork(vocabSize, seed);
  }

  async *stream(request: StreamRequest): AsyncGenerator<StreamEvent, undefined> {
    this.refuseIfDisposed();
    this.check(request);
    const writer = this.writer(request);
    this.streams.add(writer);
    try {
      yield* writer.prompt();
      for (let event = writer.next(); ; event = writer.next()) {
        if (event) yield event;
        if (event?.type === 'finish') return;
        await Promise.resolve();
        this.lookUp(request);
      }
    } finally {
      this.close(writer);
    }
  }

  describe(): StreamDescription {
    return { backend: 'reference' };
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.streams.clear();
  }

  protected check(request: StreamRequest): void {
    checkStreamRequest('reference', this.capabilities, request);
  }

  protected writer(request: StreamRequest): ReferenceWriter {
    return new ReferenceWriter(this.network, request);
  }

  /** Between two tokens: whether to go on. */
  protected lookUp({ signal }: StreamRequest): void {
    this.refuseIfDisposed();
    signal?.throwIfAborted();
  }

  protected close(stream: object): void {
    this.streams.delete(stream);
  }

  protected refuseIfDisposed(): void {
    if (this.disposed) throw new NextTokenError('disposed', 'the model was disposed');
  }
}
