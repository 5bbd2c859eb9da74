import {
  type ForwardOptions,
  type ForwardResult,
  invalidParameter,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import { createLogitsBuffers } from './logits-buffers';
import type { TestModel } from './test-model';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A session of {@link TestModel}: a row is the list of its ids. */
export function createTestSession(model: TestModel, start: readonly (readonly number[])[]): Session {
  const { log, options, vocabSize, capabilities } = model;
  const buffers = createLogitsBuffers(vocabSize, () => log.overwrittenLogits++);
  let rows = start.map((row) => [...row]);
  let running: string | undefined;
  let pending: Promise<unknown> = Promise.resolve();
  let disposed = false;
  log.liveSessions++;
  log.createdSessions++;

  function check(added: readonly RowTokens[]): void {
    if (added.length !== rows.length) {
      throw invalidParameter('forward', 'rows', added.length, `${rows.length} rows`);
    }
    if (added.every(({ length }) => length === 0)) throw new NextTokenError('empty-prompt', 'no new token');
    for (const [index, tokens] of added.entries()) {
      const length = rows[index]!.length + tokens.length;
      const { contextLength } = capabilities;
      if (length > contextLength) {
        throw new NextTokenError('context-overflow', `${length} > ${contextLength}`, {
          length,
          contextLength,
        });
      }
      const id = Array.from(tokens).find(
        (token) => !(Number.isInteger(token) && token >= 0 && token < vocabSize),
      );
      if (id !== undefined) throw new NextTokenError('invalid-token-id', `id ${id}`, { id, vocabSize });
    }
  }

  async function read(added: readonly RowTokens[], { signal, onProgress }: ForwardOptions): Promise<void> {
    const total = added.reduce((sum, { length }) => sum + length, 0);
    const { chunkSize = 4 } = options;
    for (let done = 0; done < total; ) {
      await turn();
      signal?.throwIfAborted();
      done = Math.min(done + chunkSize, total);
      onProgress?.({ done, total });
    }
  }

  async function exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    if (disposed) throw new NextTokenError('disposed', 'the session is disposed');
    if (running) throw new NextTokenError('session-busy', `${running} is running`, { running });
    running = name;
    const result = work();
    pending = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      running = undefined;
    }
  }

  return {
    get rowCount() {
      return rows.length;
    },
    get lengths() {
      return rows.map(({ length }) => length);
    },
    forward: <Request extends LogitsRequest = 'last'>(
      added: readonly RowTokens[],
      settings: ForwardOptions<Request> = {},
    ) =>
      exclusively('forward', async () => {
        check(added);
        buffers.spoil();
        await read(added, settings);
        log.forwards.push(added.map((tokens) => Array.from(tokens)));
        const logits = rows.map((row, index) => {
          const tokens = added[index]!;
          if (tokens.length === 0 || settings.logits === 'none') return null;
          const first = settings.logits === 'all' ? row.length + 1 : row.length + tokens.length;
          const ids = [...row, ...Array.from(tokens)];
          const positions = Array.from({ length: ids.length - first + 1 }, (_, position) => first + position);
          return buffers.create(positions.map((length) => options.logitsAfter(ids.slice(0, length))));
        });
        rows = rows.map((row, index) => [...row, ...Array.from(added[index]!)]);
        return { logits } as unknown as ForwardResult<Request>;
      }),
    select: (parents) =>
      exclusively('select', async () => {
        buffers.spoil();
        rows = parents.map((parent) => (parent === -1 ? [] : [...rows[parent]!]));
      }),
    truncate: (lengths) =>
      exclusively('truncate', async () => {
        buffers.spoil();
        rows = rows.map((row, index) => row.slice(0, lengths[index]));
      }),
    fork: () => exclusively('fork', async () => createTestSession(model, rows)),
    dispose: async () => {
      if (disposed) return;
      disposed = true;
      await pending;
      buffers.spoil();
      log.liveSessions--;
    },
  };
}
