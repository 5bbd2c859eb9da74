import { setTimeout } from 'node:timers/promises';
import { acquireWeights } from '../cache/acquire-weights';

// A process of its own for tests: writes a megabyte of the byte 5 in 16 steps. Arguments: folder, key.
const [folder = '', key = ''] = process.argv.slice(2);
const part = 2 ** 16;
const weights = await acquireWeights(folder, 2 ** 30, {
  key,
  byteLength: 16 * part,
  write: async (sink) => {
    for (let step = 0; step < 16; step++) {
      await sink(new Uint8Array(part).fill(5), step * part);
      process.stdout.write('.');
      await setTimeout(20);
    }
  },
});
await weights.release();
