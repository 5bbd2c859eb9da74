import { parentPort } from 'node:worker_threads';
import type { SortTask } from '../index/create-sharded-index';
import { sortSuffixes } from '../suffix/sort-suffixes';

parentPort?.once('message', ({ ids, vocabSize, order }: SortTask) => {
  const { positions, first } = sortSuffixes(ids, vocabSize, { order });
  const buffers = [ids, positions, first].map((values) => values.buffer as ArrayBuffer);
  parentPort?.postMessage({ ids, positions, first }, buffers);
});
