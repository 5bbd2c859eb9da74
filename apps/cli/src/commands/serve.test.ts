import { describe, expect, test } from 'vitest';
import { cliRunner } from '../testing/run-cli';

const run = cliRunner();
const model = ['--model', 'tales-chat'];

/** Asks for a long text, streamed. */
const ask = (url: string, key?: string) =>
  fetch(`${url.trim()}/v1/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ prompt: 'Once upon a time', max_tokens: 300, ignore_eos: true, stream: true }),
  });

describe('nexttoken serve', () => {
  test('SIGTERM in the middle finishes the text, refuses new requests, and ends', async () => {
    let text: Promise<string> | undefined;
    let refused: Promise<unknown> | undefined;
    const { code, stdout } = await run(['serve', ...model, '--port', '0'], {
      onStdout: (url, child) => {
        text ??= ask(url).then(async (response) => {
          child.kill('SIGTERM');
          await new Promise((resolve) => setTimeout(resolve, 100));
          refused = ask(url).then(
            ({ status }) => status,
            () => 'no connection',
          );
          return response.text();
        });
      },
    });
    expect(code).toBe(143);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    const events = (await text!).trimEnd().split('\n\n');
    expect(events.at(-1)).toBe('data: [DONE]');
    expect(events.length).toBeGreaterThan(100);
    expect([503, 'no connection']).toContain(await refused);
  });

  test('SIGINT twice ends at the next step, with no crash', async () => {
    let text: Promise<string> | undefined;
    const { code, signal, stderr } = await run(['serve', ...model, '--port', '0'], {
      onStdout: (url, child) => {
        text ??= ask(url).then(async (response) => {
          child.kill('SIGINT');
          await new Promise((resolve) => setTimeout(resolve, 100));
          child.kill('SIGINT');
          return response.text();
        });
      },
    });
    expect([code, signal]).toEqual([130, null]);
    expect(stderr).toContain('finishing what runs');
    expect(await text).not.toContain('[DONE]');
  });

  test('keys from the environment', async () => {
    const statuses: number[] = [];
    let asked: Promise<void> | undefined;
    await run(['serve', ...model, '--port', '0'], {
      env: { NEXTTOKEN_API_KEYS: 'one, two' },
      onStdout: (url, child) => {
        asked ??= (async () => {
          for (const key of [undefined, 'three', 'two']) {
            const response = await ask(url, key);
            statuses.push(response.status);
            await response.body?.cancel();
          }
          child.kill('SIGTERM');
        })();
      },
    });
    await asked;
    expect(statuses).toEqual([401, 401, 200]);
  });

  test('wrong flags', async () => {
    expect((await run(['serve', '--port', '70000'])).code).toBe(2);
    expect((await run(['serve', '--max-rows', '0'])).code).toBe(2);
  });
});
