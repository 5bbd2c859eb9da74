import {
  type Capabilities,
  invalidParameter,
  type LanguageModel,
  type ModelDescription,
  NextTokenError,
  type Session,
  type SessionOptions,
} from '@nexttoken/model';
import { checkSessionOptions } from '@nexttoken/model/session-calls';
import type { CacheRows } from '../cache/cache-rows';
import { CallerCache } from '../cache/caller-cache';
import { StandardCache } from '../cache/standard-cache';
import { graphLayout, type LayoutHints } from '../layout/graph-layout';
import type { OpenSession } from '../runtime';
import { type DecoderLimits, DecoderSession } from './decoder-session';
import { countHandle, liveHandles } from './live-handles';

export interface DecoderModelOptions {
  readonly modelId: string;
  readonly contextLength: number;
  /** Expected width of a logits row; checked against the graph. */
  readonly vocabSize: number;
  readonly dtype: string;
  readonly backend: string;
  readonly device: string;
  readonly hints?: LayoutHints;
  /** Most positions of one run; default 64. Bounds how long an abort waits. */
  readonly chunkLength?: number | undefined;
  /** Further entries of `describe()`, as they are then. */
  readonly details?: () => Readonly<Record<string, unknown>>;
}

/** A `LanguageModel` over an open ONNX Runtime session, in the thread that holds it. */
export class DecoderModel implements LanguageModel {
  readonly specification = 'nexttoken-model-1';
  readonly modelId: string;
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  readonly #sessions = new Set<DecoderSession>();
  readonly #newCache: (rows: number) => CacheRows;
  readonly #description: ModelDescription;
  readonly #details: () => Readonly<Record<string, unknown>>;
  readonly #limits: DecoderLimits;
  #disposed: Promise<void> | undefined;

  constructor(
    readonly open: OpenSession,
    options: DecoderModelOptions,
  ) {
    const { modelId, contextLength, dtype, backend, device, chunkLength = 64 } = options;
    const layout = graphLayout(open.session, options.hints);
    this.vocabSize = layout.vocabSize ?? options.vocabSize;
    if (this.vocabSize !== options.vocabSize)
      throw new NextTokenError(
        'invalid-config',
        `${modelId}: the graph's logits are ${this.vocabSize} wide, the config says ${options.vocabSize}`,
        {
          field: 'vocab_size',
          expected: this.vocabSize,
          actual: options.vocabSize,
        },
      );
    this.modelId = modelId;
    countHandle('models', 1);
    this.capabilities = {
      logits: 'full',
      allPositions: true,
      hiddenStates: layout.hiddenStates.layers > 0,
      attention: layout.attention.length > 0,
      ...(layout.topLogits > 0 ? { topLogits: layout.topLogits } : {}),
      maxRows: Number.POSITIVE_INFINITY,
      select: true,
      truncate: true,
      fork: true,
      contextLength,
      device,
    };
    this.#limits = {
      vocabSize: this.vocabSize,
      contextLength,
      capabilities: this.capabilities,
      chunkLength,
      hiddenStates: layout.hiddenStates,
      attentionLayers: layout.attention.length,
    };
    this.#newCache = (rows) =>
      layout.kind === 'caller-cache'
        ? new CallerCache(open, layout, rows)
        : new StandardCache(
            open,
            layout,
            Array.from({ length: rows }, () => 0),
          );
    const place = open.device ? ', on the device' : '';
    const cache =
      layout.kind === 'caller-cache'
        ? 'owned by the caller, a shared beginning stored once; the graph returns new positions only'
        : 'standard: past in, whole present out at every run';
    this.#description = { backend, device, dtype, cache: cache + place, chunkLength };
    this.#details = options.details ?? (() => ({}));
  }

  describe(): ModelDescription {
    const buffers = new Set([...this.#sessions].flatMap((session) => session.cache.buffers));
    const cacheBytes = [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
    const { open } = this;
    return {
      ...this.#description,
      ...this.#details(),
      liveSessions: this.#sessions.size,
      cacheBytes,
      ...(open.device ? { deviceTensors: liveHandles().tensors } : {}),
    };
  }

  async createSession(options: SessionOptions = {}): Promise<Session> {
    if (this.#disposed) throw new NextTokenError('disposed', 'createSession: the model was disposed');
    const rows = checkSessionOptions(options, this.capabilities);
    if (rows < 1) throw invalidParameter('createSession', 'rows', rows, 'an integer of at least 1');
    return this.#adopt(this.#newCache(rows));
  }

  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      await Promise.all([...this.#sessions].map((session) => session.dispose()));
      const { device, session } = this.open;
      await device?.release();
      await (device ? device.lane.add(() => session.release()) : session.release());
      countHandle('models', -1);
    })();
    return this.#disposed;
  }

  #adopt(cache: CacheRows): Session {
    const session = new DecoderSession(
      cache,
      this.#limits,
      (forked) => this.#adopt(forked),
      (disposed) => {
        this.#sessions.delete(disposed);
        countHandle('sessions', -1);
        countHandle('caches', -1);
      },
    );
    this.#sessions.add(session);
    countHandle('sessions', 1);
    countHandle('caches', 1);
    return session;
  }
}
