import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A hub for tests: one model, its listing, and a second host that large files are redirected to. */
export interface HubServer {
  readonly endpoint: string;
  readonly commit: string;
  /** Every request: host part, path, authorization and range. */
  readonly requests: {
    readonly host: 'hub' | 'storage';
    readonly path: string;
    readonly token: string | undefined;
    readonly range: string | undefined;
  }[];
  /** Bytes of file content sent. */
  sent: number;
  close(): void;
}

export interface HubServerOptions {
  readonly id: string;
  /** Default `model`. */
  readonly kind?: 'model' | 'dataset';
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** May answer a content request itself (true), before the honest answer. */
  readonly misbehave?: (request: IncomingMessage, response: ServerResponse, content: Uint8Array) => boolean;
  /** May answer a request for the listing itself. */
  readonly interrupt?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Changes the entries of the listing. */
  readonly announce?: (entries: Record<string, unknown>[]) => unknown;
  /** Files above this size are large files on another host. */
  readonly largeAbove?: number;
  /** Headers that pages of other origins may see; default those of the public hub. */
  readonly exposed?: string;
}

const sha = (kind: string, ...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash(kind)).digest('hex');

export const gitDigest = (bytes: Uint8Array) => sha('sha1', `blob ${bytes.length}\0`, bytes);
export const sha256 = (bytes: Uint8Array) => sha('sha256', bytes);

const publicHeaders =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag';

/** Lets pages of other origins ask, as the public hub and its storage do. @returns whether that was all */
function answerOrigins(request: IncomingMessage, response: ServerResponse, exposed: string): boolean {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', exposed);
  if (request.method !== 'OPTIONS') return false;
  response.setHeader('access-control-allow-headers', 'authorization,range');
  response.writeHead(204).end();
  return true;
}

async function listen(handler: Handler): Promise<{ server: Server; url: string }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export async function hubServer(options: HubServerOptions): Promise<HubServer> {
  const {
    id,
    kind = 'model',
    files,
    misbehave,
    interrupt,
    announce = (entries) => entries,
    largeAbove = 1000,
    exposed = publicHeaders,
  } = options;
  const commit = sha('sha1', ...Object.values(files));
  const requests: HubServer['requests'] = [];
  const note = (host: 'hub' | 'storage', request: IncomingMessage) =>
    requests.push({
      host,
      path: request.url ?? '',
      token: request.headers.authorization,
      range: request.headers.range,
    });

  function content(path: string, request: IncomingMessage, response: ServerResponse): void {
    const bytes = files[path];
    if (!bytes) return void response.writeHead(404).end();
    if (misbehave?.(request, response, bytes)) return;
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const [start, end] = range ? [Number(range[1]), Number(range[2]) + 1] : [0, bytes.length];
    hub.sent += end - start;
    response.writeHead(range ? 206 : 200, {
      'content-length': end - start,
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` }),
    });
    response.end(bytes.subarray(start, end));
  }

  const storage = await listen((request, response) => {
    if (answerOrigins(request, response, exposed)) return;
    note('storage', request);
    content(decodeURIComponent((request.url ?? '').split('?')[0]!.slice(1)), request, response);
  });
  const front = await listen((request, response) => {
    if (answerOrigins(request, response, exposed)) return;
    note('hub', request);
    const url = decodeURIComponent((request.url ?? '').split('?')[0]!);
    if (url.startsWith('/api/')) {
      if (interrupt?.(request, response)) return;
      response.setHeader('content-type', 'application/json');
      if (url.startsWith(`/api/${kind}s/${id}/revision/`)) {
        return void response.end(JSON.stringify({ _id: '1', id, sha: commit, private: false, gated: false }));
      }
      if (url !== `/api/${kind}s/${id}/tree/${commit}`) return void response.writeHead(404).end('{}');
      const entries = Object.entries(files).map(([path, bytes]) => ({
        type: 'file',
        path,
        size: bytes.length,
        oid: gitDigest(bytes),
        ...(bytes.length > largeAbove && {
          lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 130 },
        }),
      }));
      return void response.end(JSON.stringify(announce(entries)));
    }
    const prefix = [commit, 'main']
      .map((name) => `${kind === 'dataset' ? '/datasets' : ''}/${id}/resolve/${name}/`)
      .find((each) => url.startsWith(each));
    if (prefix === undefined) return void response.writeHead(404).end();
    const path = url.slice(prefix.length);
    const bytes = files[path];
    if (request.method === 'HEAD' && bytes) {
      const isLarge = bytes.length > largeAbove;
      response.writeHead(200, {
        'x-repo-commit': commit,
        'x-linked-size': bytes.length,
        'content-length': bytes.length,
        ...(isLarge ? { 'x-linked-etag': `"${sha256(bytes)}"` } : { etag: `"${gitDigest(bytes)}"` }),
      });
      return void response.end();
    }
    if ((files[path]?.length ?? 0) <= largeAbove) return content(path, request, response);
    response
      .writeHead(302, { location: `${storage.url}/${encodeURIComponent(path)}?signature=secret` })
      .end();
  });
  const hub: HubServer = {
    endpoint: front.url,
    commit,
    requests,
    sent: 0,
    close() {
      for (const { server } of [front, storage]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
  return hub;
}
