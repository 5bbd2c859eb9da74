import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach } from 'vitest';

export interface ServedFolder {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
}

/** Serves folders over HTTP during a test. Unknown files: status 404, or a page as single-page servers do. */
export function folderServers(): (
  folder: string,
  unknown?: 'missing' | 'page' | 'failure',
) => Promise<ServedFolder> {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  return async (folder, unknown = 'missing') => {
    const requests: string[] = [];
    const server = createServer(async (request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      requests.push(path);
      const status = await stat(join(folder, path)).catch(() => undefined);
      if (status?.isFile()) {
        response.writeHead(200, {
          'content-length': status.size,
          'content-type': 'application/octet-stream',
        });
        createReadStream(join(folder, path)).pipe(response);
        return;
      }
      const code = { missing: 404, page: 200, failure: 500 }[unknown];
      response.writeHead(code, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
  };
}
