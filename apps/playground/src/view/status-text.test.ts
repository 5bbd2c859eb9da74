import { expect, test } from 'vitest';
import { loadingText } from './status-text';

test('says how far loading is, and of how much where that is known', () => {
  const file = 'model.safetensors';
  const download = { stage: 'download', done: 1_000_000, file } as const;
  expect(loadingText({ ...download, total: 5_400_000 })).toBe('fetching model.safetensors 1.0 MB of 5.4 MB');
  expect(loadingText({ ...download, total: 0 })).toBe('fetching model.safetensors 1.0 MB');
  expect(loadingText({ stage: 'start', done: 0, total: 0 })).toBe('starting the runtime');
});
