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
import { countHandle } from '../decoder/live-handles';
import type { OpenedModel, SessionState } from './protocol';
import type { RemoteCaller } from './remote-caller';
import { RemoteSession } from './remote-session';

/** A `LanguageModel` that lives in a worker: the loop and the processors stay with the caller. */
export class RemoteModel implements LanguageModel {
  readonly specification = 'nexttoken-model-1';
  readonly modelId: string;
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  readonly #sessions = new Set<RemoteSession>();
  #disposed: Promise<void> | undefined;

  constructor(
    readonly caller: RemoteCaller,
    readonly opened: OpenedModel,
    readonly onDispose: () => Promise<void>,
  ) {
    countHandle('models', 1);
    this.modelId = opened.modelId;
    this.vocabSize = opened.vocabSize;
    this.capabilities = opened.capabilities;
  }

  describe(): ModelDescription {
    const { description } = this.opened;
    return { ...description, ...this.caller.memory, thread: 'worker', liveSessions: this.#sessions.size };
  }

  async createSession(options: SessionOptions = {}): Promise<Session> {
    if (this.#disposed) throw new NextTokenError('disposed', 'createSession: the model was disposed');
    const rows = checkSessionOptions(options, this.capabilities);
    if (rows < 1) throw invalidParameter('createSession', 'rows', rows, 'an integer of at least 1');
    return this.#adopt(await this.caller.call('createSession', { rows }));
  }

  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      await Promise.all([...this.#sessions].map((session) => session.dispose()));
      await this.caller.call('dispose', null).catch(() => {});
      await this.onDispose();
      countHandle('models', -1);
    })();
    return this.#disposed;
  }

  #adopt(state: SessionState): Session {
    const session = new RemoteSession(
      this.caller,
      state,
      { ...this.capabilities, vocabSize: this.vocabSize },
      (forked) => this.#adopt(forked),
      (disposed) => {
        this.#sessions.delete(disposed);
        countHandle('sessions', -1);
      },
    );
    this.#sessions.add(session);
    countHandle('sessions', 1);
    return session;
  }
}
