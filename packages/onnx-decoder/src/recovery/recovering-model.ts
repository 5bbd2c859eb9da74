import type {
  Capabilities,
  LanguageModel,
  ModelDescription,
  Session,
  SessionOptions,
} from '@nexttoken/model';
import { NextTokenError } from '@nexttoken/model';
import { RecoveringSession } from './recovering-session';
import { emptyLog } from './text-log';

/** What a model tells about the device that it runs on. */
type DeviceEvent =
  /** The device is gone; the model is opened anew, and what was running goes on when it is there. */
  | { readonly type: 'device-lost'; readonly device: string; readonly reason: string }
  /** The model runs again; sessions read their texts once more when they are next used. */
  | { readonly type: 'device-restored'; readonly device: string; readonly milliseconds: number };

export interface RecoveryOptions {
  /** Opens the model once more, on a new device. */
  readonly reopen: () => Promise<LanguageModel>;
  readonly onEvent?: ((event: DeviceEvent) => void) | undefined;
}

/**
 * A model that survives the loss of its device. Calls that fail with `device-lost` wait for the model to be opened
 * anew, their session reads its text again, and then they are made once more.
 */
export class RecoveringModel implements LanguageModel {
  readonly specification = 'nexttoken-model-1';
  readonly modelId: string;
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  readonly #sessions = new Set<RecoveringSession>();
  #recoveries = 0;
  #recovering: Promise<void> | undefined;
  #disposed: Promise<void> | undefined;

  constructor(
    /** The one that runs now. */
    public model: LanguageModel,
    readonly options: RecoveryOptions,
  ) {
    this.modelId = model.modelId;
    this.vocabSize = model.vocabSize;
    this.capabilities = model.capabilities;
  }

  describe(): ModelDescription {
    return {
      ...this.model.describe(),
      liveSessions: this.#sessions.size,
      deviceRecoveries: this.#recoveries,
    };
  }

  async createSession(options: SessionOptions = {}): Promise<Session> {
    for (;;) {
      const { model } = this;
      try {
        const session = await model.createSession(options);
        const logs = Array.from({ length: options.rows ?? 1 }, () => emptyLog);
        return this.adopt(new RecoveringSession(this, { session, model }, logs));
      } catch (error) {
        await this.recover(model, error);
      }
    }
  }

  adopt(session: RecoveringSession): RecoveringSession {
    this.#sessions.add(session);
    return session;
  }

  forget(session: RecoveringSession): void {
    this.#sessions.delete(session);
  }

  /**
   * Opens the model anew, once for all who ask.
   * @param failed the model that a call was made to
   * @throws the error itself unless it says that the device was lost; what reopening fails with
   */
  async recover(failed: LanguageModel, error: unknown): Promise<void> {
    if (!NextTokenError.isInstance(error) || error.code !== 'device-lost' || this.#disposed) throw error;
    if (this.model !== failed) return;
    this.#recovering ??= this.#reopen(error).finally(() => {
      this.#recovering = undefined;
    });
    await this.#recovering;
  }

  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      await this.#recovering?.catch(() => {});
      await Promise.all([...this.#sessions].map((session) => session.dispose()));
      await this.model.dispose();
    })();
    return this.#disposed;
  }

  async #reopen(error: NextTokenError): Promise<void> {
    const { device } = this.capabilities;
    const { onEvent, reopen } = this.options;
    const begin = performance.now();
    onEvent?.({ type: 'device-lost', device, reason: String(error.details.reason ?? error.message) });
    const gone = this.model;
    await gone.dispose().catch(() => {});
    this.model = await reopen();
    this.#recoveries++;
    onEvent?.({ type: 'device-restored', device, milliseconds: performance.now() - begin });
  }
}
