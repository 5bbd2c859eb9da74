import { expect, test } from 'vitest';
import { SessionCalls } from './session-calls';

const gate = () => {
  let open = (_: string) => {};
  const promise = new Promise<string>((resolve) => {
    open = resolve;
  });
  return { promise, open };
};

test('a second call is refused while one runs, and disturbs nothing', async () => {
  const calls = new SessionCalls();
  const { promise, open } = gate();
  const first = calls.run('forward', () => promise);
  await expect(calls.run('select', async () => 'never')).rejects.toMatchObject({
    code: 'session-busy',
    message: 'select: forward is still running',
    details: { running: 'forward' },
  });
  open('done');
  expect(await first).toBe('done');
  expect(await calls.run('select', async () => 'next')).toBe('next');
});

test('a call begins at once, and one that fails leaves the session free', async () => {
  const calls = new SessionCalls();
  let begun = false;
  const failing = calls.run('fork', async () => {
    begun = true;
    throw new Error('no memory');
  });
  expect(begun).toBe(true);
  await expect(failing).rejects.toThrow('no memory');
  expect(await calls.run('fork', async () => 1)).toBe(1);
});

test('disposing waits for the running call, whatever becomes of it, frees once, and ends all calls', async () => {
  for (const outcome of ['resolves', 'rejects']) {
    const calls = new SessionCalls();
    const { promise, open } = gate();
    const seen: string[] = [];
    const running = calls.run('forward', async () => {
      seen.push(await promise);
      if (outcome === 'rejects') throw new Error('lost');
    });
    const ends = [1, 2].map(() => calls.dispose(() => void seen.push('freed')));
    await expect(calls.run('fork', async () => 1)).rejects.toMatchObject({ code: 'disposed' });
    expect(seen).toEqual([]);
    open('computed');
    await running.catch(() => {});
    await Promise.all(ends);
    expect(seen).toEqual(['computed', 'freed']);
  }
});
