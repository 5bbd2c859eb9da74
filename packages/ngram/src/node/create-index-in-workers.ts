import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { checkOptionNames, NextTokenError } from '@nexttoken/model';
import type { NgramCorpus } from '../corpus/ngram-corpus';
import { createShardedIndex, type SortedShard, type SortTask } from '../index/create-sharded-index';
import type { NgramIndex } from '../index/ngram-index';

export interface WorkerIndexOptions {
  /** As for `createNgramIndex`. */
  readonly order?: number;
  /** Threads, and pieces of the text; an integer >= 1, default: as many as the machine runs at once. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
}

/**
 * {@link createShardedIndex} in worker threads, one for each shard.
 * @throws NextTokenError `invalid-parameter`; `backend-failed` when a thread dies; the signal's reason
 */
export async function createNgramIndexInWorkers(
  corpus: NgramCorpus,
  options: WorkerIndexOptions = {},
): Promise<NgramIndex> {
  checkOptionNames('createNgramIndexInWorkers', options, ['order', 'workers', 'signal']);
  const { workers = availableParallelism(), signal, order = Number.POSITIVE_INFINITY } = options;
  signal?.throwIfAborted();
  return createShardedIndex(corpus, { shards: workers, order, sort: (task) => sortInThread(task, signal) });
}

/** In the repository the sources run through tsx; a published package has the built worker beside it. */
const fromSource = import.meta.url.endsWith('.ts');

function sortInThread(task: SortTask, signal: AbortSignal | undefined): Promise<SortedShard> {
  const url = new URL(fromSource ? './source-worker.mjs' : './suffix-worker.js', import.meta.url);
  const worker = new Worker(url, { execArgv: fromSource ? ['--conditions=@nexttoken/source'] : [] });
  return new Promise<SortedShard>((resolve, reject) => {
    const stop = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    const fail = (cause: unknown): void =>
      reject(new NextTokenError('backend-failed', `a sorting thread ended: ${cause}`, {}, { cause }));
    worker.once('message', resolve);
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`exit code ${code}`)));
    worker.postMessage(task, [task.ids.buffer as ArrayBuffer]);
  }).finally(() => worker.terminate());
}
