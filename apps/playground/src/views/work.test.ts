import { expect, test, vi } from 'vitest';
import { Work } from './work';

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('asks once for a key; the last question’s answer stays, whichever comes first', async () => {
  const work = new Work<string>(() => undefined);
  const slow = deferred<string>();
  const asked = vi.fn(() => slow.promise);
  work.ask('a', asked);
  work.ask('a', asked);
  expect(asked).toHaveBeenCalledTimes(1);
  work.ask('b', async () => 'answer to b');
  await settled();
  slow.resolve('answer to a');
  await settled();
  expect([work.result, work.isBusy]).toEqual(['answer to b', false]);
});

test('tells what is known so far; a stop keeps it and is no error', async () => {
  const work = new Work<number>(() => undefined);
  work.ask('count', (signal, tell) => {
    tell(1);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  expect([work.result, work.isBusy]).toEqual([1, true]);
  work.stop();
  await settled();
  expect([work.result, work.isBusy, work.error]).toEqual([1, false, undefined]);
});

test('a failure is kept until something is asked again', async () => {
  const work = new Work<number>(() => undefined);
  const failure = new Error('no');
  work.ask('a', () => Promise.reject(failure));
  await settled();
  expect(work.error).toBe(failure);
  work.forget();
  work.ask('a', async () => 2);
  await settled();
  expect([work.error, work.result]).toEqual([undefined, 2]);
});

function deferred<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
