import { NextTokenError } from '@nexttoken/model';
import { expect, test } from 'vitest';
import { Caller } from './caller';
import { serveCalls } from './serve-calls';

interface Api {
  readonly add: { request: readonly number[]; result: number; event: number };
  readonly fail: { request: 'typed' | 'plain'; result: never };
  readonly wait: { request: undefined; result: string };
}

function connected(): Caller<Api> {
  const { port1, port2 } = new MessageChannel();
  serveCalls<Api>(port1 as never, {
    add(numbers, { emit }) {
      let sum = 0;
      for (const number of numbers) {
        sum += number;
        emit(sum);
      }
      return sum;
    },
    fail(kind) {
      if (kind === 'plain') throw new TypeError('so it is');
      throw new NextTokenError('context-overflow', 'too long', { length: 9 });
    },
    wait: (_, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve('ended early'));
      }),
  });
  port1.start();
  port2.start();
  return new Caller<Api>(port2 as never);
}

test('calls come back with their result, events in order before it', async () => {
  const caller = connected();
  const events: number[] = [];
  const [first, second] = await Promise.all([
    caller.call('add', [1, 2, 3], { onEvent: (sum) => events.push(sum) }),
    caller.call('add', [10]),
  ]);
  expect([first, second, events]).toEqual([6, 10, [1, 3, 6]]);
});

test('errors keep their code and details, or their name', async () => {
  const caller = connected();
  await expect(caller.call('fail', 'typed')).rejects.toMatchObject({
    code: 'context-overflow',
    details: { length: 9 },
    message: 'too long',
  });
  await expect(caller.call('fail', 'plain')).rejects.toMatchObject({
    name: 'TypeError',
    message: 'so it is',
  });
  await expect(caller.call('nothing' as 'wait', undefined)).rejects.toThrow();
});

test('a cancelled call ends as its handler ends it; a lost worker ends all', async () => {
  const caller = connected();
  const stop = new AbortController();
  const ended = caller.call('wait', undefined, { signal: stop.signal });
  stop.abort();
  expect(await ended).toBe('ended early');
  const early = new AbortController();
  early.abort();
  expect(await caller.call('wait', undefined, { signal: early.signal })).toBe('ended early');
  const lost = caller.call('wait', undefined);
  caller.fail(new Error('gone'));
  await expect(lost).rejects.toThrow('gone');
});
