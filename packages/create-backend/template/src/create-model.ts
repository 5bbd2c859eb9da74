import { type Capabilities, type LanguageModel, NextTokenError, type Session } from '@nexttoken/model';
import { checkSessionOptions } from '@nexttoken/model/session-calls';
import { createEngine, type Engine } from './engine.js';
import { MySession } from './session.js';

const sessions = new Set<Session>();

/** How many sessions are open: what the conformance kit counts, and what you look at when memory grows. */
export function openSessions(): number {
  return sessions.size;
}

/**
 * Makes a language model of your engine.
 * @param engine default: the toy of this template
 */
export async function createModel(engine: Engine = createEngine()): Promise<LanguageModel> {
  const { vocabSize, contextLength } = engine;
  const own = new Set<Session>();
  let disposed = false;
  // Say honestly what is there: what is declared absent must be refused, and its tests are skipped with a reason.
  const capabilities: Capabilities = {
    logits: 'full',
    allPositions: true,
    hiddenStates: false,
    attention: false,
    maxRows: 64,
    select: true,
    truncate: true,
    fork: true,
    contextLength,
    device: 'cpu',
  };
  const open = (rows: readonly (readonly number[])[]): Session => {
    const session: Session = new MySession({ engine, capabilities, open, close }, rows);
    own.add(session);
    sessions.add(session);
    return session;
  };
  const close = (session: Session) => {
    own.delete(session);
    sessions.delete(session);
  };
  return {
    specification: 'nexttoken-model-1',
    modelId: 'toy',
    vocabSize,
    capabilities,
    async createSession(options = {}) {
      if (disposed) throw new NextTokenError('disposed', 'the model was disposed');
      const rows = checkSessionOptions(options, capabilities);
      return open(Array.from({ length: rows }, () => []));
    },
    describe: () => ({ backend: 'my-backend', device: 'cpu', dtype: 'fp64', cache: 'lists of ids' }),
    async dispose() {
      disposed = true;
      await Promise.all(Array.from(own, (session) => session.dispose()));
    },
  };
}
