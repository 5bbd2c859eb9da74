import {
  type Capabilities,
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  type ModelDescription,
  NextTokenError,
  type Session,
  type SessionOptions,
} from '@nexttoken/model';
import { createReferenceNetwork, type ReferenceNetwork } from './reference-network';
import { ReferenceSession, type Row } from './reference-session';

export interface ReferenceModelOptions {
  /** Default 40. */
  readonly vocabSize?: number;
  /** Of the weights; default 1. */
  readonly seed?: number;
  /** What differs from the full set with a context of 600. */
  readonly capabilities?: Partial<Capabilities>;
}

const everything: Capabilities = {
  logits: 'full',
  allPositions: true,
  hiddenStates: true,
  attention: true,
  maxRows: Number.POSITIVE_INFINITY,
  select: true,
  truncate: true,
  fork: true,
  contextLength: 600,
  device: 'cpu',
};

/**
 * A tiny but complete `LanguageModel` in plain TypeScript: untrained, deterministic, strict about the
 * whole contract. To test the kit with, and for tests that need a model and no files.
 */
export class ReferenceModel implements LanguageModel {
  readonly specification = 'nexttoken-model-1';
  readonly modelId: string = 'reference';
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  readonly network: ReferenceNetwork;
  /** Sessions that are not disposed yet. */
  readonly sessions = new Set<Session>();
  protected disposed = false;

  constructor({ vocabSize = 40, seed = 1, capabilities = {} }: ReferenceModelOptions = {}) {
    this.vocabSize = vocabSize;
    this.capabilities = { ...everything, topLogits: Math.min(5, vocabSize), ...capabilities };
    this.network = createReferenceNetwork(vocabSize, seed);
  }

  async createSession(options: SessionOptions = {}): Promise<Session> {
    this.checkNames('createSession', options, ['rows']);
    const { rows = 1 } = options;
    if (this.disposed) throw new NextTokenError('disposed', 'the model was disposed');
    if (!Number.isInteger(rows) || rows < 0) {
      throw invalidParameter('createSession', 'rows', rows, 'a whole number >= 0');
    }
    this.checkRowCount(rows);
    return this.newSession(Array.from({ length: rows }, () => []));
  }

  /** Refuses options that are none. */
  checkNames(call: string, options: object, known: readonly string[]): void {
    checkOptionNames(call, options, known);
  }

  describe(): ModelDescription {
    return { backend: 'reference', device: 'cpu', dtype: 'fp64', cache: 'immutable lists' };
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await Promise.all(Array.from(this.sessions, (session) => session.dispose()));
  }

  newSession(rows: readonly Row[]): Session {
    return new ReferenceSession(this, rows);
  }

  /** Refuses a call that needs what is declared absent. */
  require(
    capability: 'allPositions' | 'hiddenStates' | 'attention' | 'topLogits' | 'select' | 'truncate' | 'fork',
  ): void {
    if (this.capabilities[capability]) return;
    throw new NextTokenError('unsupported-capability', `the model does not offer ${capability}`, {
      capability,
    });
  }

  checkRowCount(rows: number): void {
    const { maxRows } = this.capabilities;
    if (rows <= maxRows) return;
    const details = { capability: 'maxRows', rows, maxRows };
    throw new NextTokenError(
      'unsupported-capability',
      `${rows} rows, at most ${maxRows} are possible`,
      details,
    );
  }
}
