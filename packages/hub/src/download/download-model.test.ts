import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { downloadModel } from '../index';
import type { DownloadProgress } from '../progress/progress-meter';
import { gitDigest, sha256 } from '../testing/hub-server';
import { noise } from '../testing/noise';
import { files, id, text } from '../testing/test-files';
import { filesBelow, testHub } from '../testing/test-hub';

describe('into the usual cache', () => {
  test('only what is needed, under its checksums, linked under its names', async () => {
    const { hub, options, cache } = await testHub();
    const model = await downloadModel(id, options);
    expect(model).toMatchObject({ id, commit: hub.commit, origin: 'hub' });
    const repository = 'models--some--model';
    const snapshot = `${repository}/snapshots/${hub.commit}`;
    expect(model.folder).toBe(join(cache, snapshot));
    const wanted = ['config.json', 'model.safetensors', 'tokenizer.json'] as const;
    expect(await filesBelow(cache)).toEqual(
      [
        `${repository}/blobs/${sha256(files['model.safetensors'])}`,
        `${repository}/blobs/${gitDigest(files['config.json'])}`,
        `${repository}/blobs/${gitDigest(files['tokenizer.json'])}`,
        `${repository}/refs/main`,
        ...wanted.map((path) => `${snapshot}/${path}`),
      ].sort(),
    );
    for (const path of wanted) {
      expect(new Uint8Array(await readFile(join(model.folder, path)))).toEqual(new Uint8Array(files[path]));
    }
    expect(await readFile(join(cache, repository, 'refs', 'main'), 'utf8')).toBe(hub.commit);
  });

  test('a second time nothing but the listing is asked for', async () => {
    const { hub, options } = await testHub();
    await downloadModel(id, options);
    const sent = hub.sent;
    expect(sent).toBeGreaterThan(20_000);
    await downloadModel(id, options);
    expect(hub.sent).toBe(sent);
  });

  test('offline: from the cache alone, or a typed error', async () => {
    const { hub, options, cache } = await testHub();
    const missing = downloadModel(id, { ...options, offline: true });
    await expect(missing).rejects.toMatchObject({ code: 'offline', details: { name: id } });
    const { folder } = await downloadModel(id, options);
    hub.close();
    expect(await downloadModel(id, { ...options, offline: true })).toMatchObject({ folder, origin: 'cache' });
    await rm(join(folder, 'model.safetensors'));
    const broken = downloadModel(id, { ...options, offline: true });
    await expect(broken).rejects.toMatchObject({ code: 'file-not-found' });
    expect(cache).toBeTruthy();
  });

  test('a commit as revision needs no ref', async () => {
    const { hub, options, cache } = await testHub();
    await downloadModel(id, { ...options, revision: hub.commit });
    expect((await filesBelow(cache)).some((path) => path.includes('refs'))).toBe(false);
  });
});

describe('the token', () => {
  test('goes to the hub, and never to the host of the large files', async () => {
    const { hub, options } = await testHub();
    await downloadModel(id, { ...options, token: 'hidden' });
    const tokens = (host: string) => new Set(hub.requests.filter((r) => r.host === host).map((r) => r.token));
    expect(tokens('hub')).toEqual(new Set(['Bearer hidden']));
    expect(tokens('storage')).toEqual(new Set([undefined]));
  });

  test.each([
    [401, undefined, 'access-denied'],
    [403, 'GatedRepo', 'access-denied'],
    [404, undefined, 'model-not-found'],
  ])('%i %s', async (status, reason, code) => {
    const { options } = await testHub({
      interrupt(_, response) {
        response.writeHead(status, reason === undefined ? {} : { 'x-error-code': reason }).end('{}');
        return true;
      },
    });
    const error = await downloadModel(id, { ...options, token: 'hidden' }).catch((e: unknown) => e as Error);
    expect(error).toMatchObject({ code, details: { status } });
    expect(JSON.stringify(error) + (error as Error).message).not.toContain('hidden');
  });
});

describe('resuming', () => {
  test('a cut connection goes on where it was', async () => {
    let cuts = 3;
    const { hub, options } = await testHub({
      misbehave(request, response, content) {
        const start = Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0);
        if (content.length < 1000 || cuts-- <= 0) return false;
        response.writeHead(206, {
          'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
        });
        response.write(content.subarray(start, start + 5000), () => setTimeout(() => response.destroy(), 20));
        hub.sent += 5000;
        return true;
      },
    });
    const { folder } = await downloadModel(id, options);
    expect(sha256(await readFile(join(folder, 'model.safetensors')))).toBe(
      sha256(files['model.safetensors']),
    );
    expect(hub.sent).toBeLessThan(21_000);
  });

  test('an aborted download leaves no file under its name, and the next call takes its bytes over', async () => {
    const stop = new AbortController();
    const big = { ...files, 'model.safetensors': noise(12 << 20) };
    let slow = true;
    const { hub, options, cache } = await testHub({
      files: big,
      misbehave(request, response, content) {
        if (!slow || content.length < 1000) return false;
        const [start, end] = /bytes=(\d+)-(\d+)/.exec(request.headers.range!)!.slice(1).map(Number) as [
          number,
          number,
        ];
        response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${content.length}` });
        response.write(content.subarray(start, start + (2 << 20)));
        hub.sent += 2 << 20;
        return true;
      },
    });
    const events: DownloadProgress[] = [];
    const running = downloadModel(id, {
      ...options,
      stallAfter: 60_000,
      signal: stop.signal,
      onProgress: (progress) => {
        events.push(progress);
        if (progress.bytes >= 6 << 20) stop.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    const names = await filesBelow(cache);
    expect(names.some((path) => path.endsWith('model.safetensors') || path.includes('refs/'))).toBe(false);
    expect(names.some((path) => path.endsWith('lock'))).toBe(false);
    slow = false;
    const before = hub.sent;
    const { folder } = await downloadModel(id, {
      ...options,
      onProgress: (progress) => events.push(progress),
    });
    expect(sha256(await readFile(join(folder, 'model.safetensors')))).toBe(sha256(big['model.safetensors']));
    expect(hub.sent - before).toBeLessThan((12 << 20) - 3 * (1 << 20));
    const last = events.at(-1)!;
    expect(last.bytes).toBe(last.totalBytes);
    expect(last.totalBytes).toBe((12 << 20) + files['config.json'].length + files['tokenizer.json'].length);
  });
});

describe('servers that do not keep their word', () => {
  test('no ranges: the file comes as a whole', async () => {
    const big = { ...files, 'model.safetensors': noise(9 << 20) };
    const { options } = await testHub({
      files: big,
      misbehave(_, response, content) {
        response.writeHead(200, { 'content-length': content.length }).end(content);
        return true;
      },
    });
    const { folder } = await downloadModel(id, options);
    expect((await stat(join(folder, 'model.safetensors'))).size).toBe(9 << 20);
  });

  test('wrong bytes once are fetched again, twice are an error that leaves nothing', async () => {
    let wrong = 1;
    const misbehave = (_: unknown, response: import('node:http').ServerResponse, content: Uint8Array) => {
      if (content.length < 1000 || wrong-- <= 0) return false;
      const range = `bytes 0-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-range': range }).end(noise(content.length, 9));
      return true;
    };
    const first = await testHub({ misbehave });
    await downloadModel(id, first.options);
    wrong = 5;
    const second = await testHub({ misbehave });
    const error = downloadModel(id, second.options);
    await expect(error).rejects.toMatchObject({
      code: 'checksum-mismatch',
      details: { path: 'model.safetensors' },
    });
    expect(
      (await filesBelow(second.cache)).filter((path) => path.includes(sha256(files['model.safetensors']))),
    ).toEqual([]);
  });

  test.each([
    ['another size', (size: number) => size + 1, 'invalid-file'],
    ['a smaller size', (size: number) => size - 1, 'invalid-file'],
  ])('%s than announced', async (_, change, code) => {
    const { options } = await testHub({
      misbehave(request, response, content) {
        if (content.length < 1000) return false;
        const start = Number(/bytes=(\d+)/.exec(request.headers.range!)![1]);
        const size = change(content.length);
        response.writeHead(206, { 'content-range': `bytes ${start}-${size - 1}/${size}` }).end(content);
        return true;
      },
    });
    await expect(downloadModel(id, options)).rejects.toMatchObject({ code });
  });

  test('too many bytes', async () => {
    const { options } = await testHub({
      misbehave(_, response, content) {
        if (content.length < 1000) return false;
        response.writeHead(206, { 'content-range': `bytes 0-${content.length - 1}/${content.length}` });
        response.end(noise(content.length + 5));
        return true;
      },
    });
    await expect(downloadModel(id, options)).rejects.toMatchObject({ code: 'invalid-file' });
  });

  test('busy: waits as told, then goes on; busy for ever: request-failed', async () => {
    let busy = 3;
    const misbehave = (_: unknown, response: import('node:http').ServerResponse) => {
      if (busy-- <= 0) return false;
      response.writeHead(429, { 'retry-after': '0' }).end();
      return true;
    };
    const first = await testHub({ misbehave, interrupt: misbehave });
    await downloadModel(id, first.options);
    busy = 1000;
    const second = await testHub({ misbehave });
    await expect(downloadModel(id, { ...second.options, attempts: 3 })).rejects.toMatchObject({
      code: 'request-failed',
      details: { status: 429 },
    });
  });

  test('silence is given up', async () => {
    const { options } = await testHub({ misbehave: (_, __, content) => content.length > 1000 });
    await expect(downloadModel(id, { ...options, stallAfter: 50, attempts: 2 })).rejects.toMatchObject({
      code: 'request-failed',
      message: expect.stringContaining('nothing came for 50 ms'),
    });
  });

  test.each(['../../evil.json', '/etc/passwd', 'a/../../b', 'c:\\x', 'a//b', 'nul.json', 'x\u0000y'])(
    'a file called %j',
    async (path) => {
      const { options, cache } = await testHub({
        announce: (entries) => [...entries, { ...entries[0], path }],
      });
      await expect(downloadModel(id, options)).rejects.toMatchObject({ code: 'unsafe-path' });
      expect(await filesBelow(cache)).toEqual([]);
    },
  );

  test.each<[string, (entry: Record<string, unknown>) => unknown]>([
    ['no checksum', (entry) => ({ ...entry, oid: undefined, lfs: undefined })],
    [
      'a checksum that is a path',
      (entry) => ({ ...entry, lfs: undefined, oid: '../../../../../../../../../../tmp/evil.......' }),
    ],
    ['no size', (entry) => ({ ...entry, lfs: undefined, size: -1 })],
  ])('a listing with %s', async (_, change) => {
    const { options } = await testHub({ announce: (entries) => entries.map(change) });
    await expect(downloadModel(id, options)).rejects.toMatchObject({ code: 'invalid-file' });
  });

  test('a listing that is no JSON', async () => {
    const { options } = await testHub({
      interrupt(_, response) {
        response.end('<html>');
        return true;
      },
    });
    await expect(downloadModel(id, options)).rejects.toMatchObject({ code: 'request-failed' });
  });
});

describe('what is asked for', () => {
  test.each(['model', 'a/b/c', '../x', 'a/..', 'a--b/c', 'a b/c'])('%j is no id', async (name) => {
    await expect(downloadModel(name)).rejects.toMatchObject({ code: 'invalid-parameter' });
  });

  test.each(['../main', 'a..b', '', '-x', 'a/'])('%j is no revision', async (revision) => {
    await expect(downloadModel(id, { revision })).rejects.toMatchObject({ code: 'invalid-parameter' });
  });

  test('an unknown option is named', async () => {
    const error = downloadModel(id, { revison: 'main' } as never);
    await expect(error).rejects.toMatchObject({ code: 'unsupported-option', details: { option: 'revison' } });
  });

  test('several GGUF files wait for a choice', async () => {
    const gguf = { 'a.gguf': noise(10), 'b.gguf': noise(11), 'config.json': text({}) };
    const { options } = await testHub({ files: gguf });
    await expect(downloadModel(id, options)).rejects.toMatchObject({ code: 'invalid-parameter' });
    const { folder } = await downloadModel(id, { ...options, file: 'b.gguf' });
    expect((await filesBelow(folder)).sort()).toEqual(['b.gguf', 'config.json']);
    await expect(downloadModel(id, { ...options, file: 'x.bin' })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
  });
});

test('two downloads at once fetch every byte once', async () => {
  const { hub, options } = await testHub({ files: { ...files, 'model.safetensors': noise(1 << 20) } });
  const [one, other] = await Promise.all([downloadModel(id, options), downloadModel(id, options)]);
  expect(one.folder).toBe(other!.folder);
  expect(hub.sent).toBe((1 << 20) + files['config.json'].length + files['tokenizer.json'].length);
});
