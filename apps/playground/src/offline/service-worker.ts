// Keeps the page's own files, and nothing else: what it answers is what the server sent for this build.

interface PageFiles {
  /** Kept at once. */
  readonly files: readonly string[];
  /** Kept when they are used. */
  readonly late: readonly string[];
  /** A digest over all of it. */
  readonly version: string;
}
/** Filled in by the build. */
const { files, late, version } = JSON.parse('__PAGE__') as PageFiles;

/** As the standard has it; the libraries of types know it in worker projects only. */
interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(
    type: 'message',
    listener: (event: ExtendableEvent & MessageEvent<string[]>) => void,
  ): void;
}
const scope = self as unknown as ServiceWorkerScope;

const prefix = 'nexttoken-page-';
const store = prefix + version;
const base = scope.registration.scope;
const addresses = (names: readonly string[]) => new Set(names.map((name) => new URL(name, base).href));
const kept = addresses(files);
const keptLater = addresses(late);

scope.addEventListener('install', (event) => {
  const keep = async () => {
    await (await caches.open(store)).addAll([...kept]);
    await scope.skipWaiting();
  };
  event.waitUntil(keep());
});

scope.addEventListener('activate', (event) => {
  const clean = async () => {
    for (const name of await caches.keys())
      if (name.startsWith(prefix) && name !== store) await caches.delete(name);
    await scope.clients.claim();
  };
  event.waitUntil(clean());
});

/** Servers say `Vary: Origin`, and a page asks for its scripts with one; the files are the same. */
const anyOrigin = { ignoreVary: true, ignoreSearch: true };

/** The page itself is asked for anew, so that a new version shows at once; its files are named by their content. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(store);
  if (request.mode === 'navigate')
    return fetch(request).catch(async (error) => {
      const page = await cache.match(base, anyOrigin);
      if (page) return page;
      throw error;
    });
  const known = await cache.match(request, anyOrigin);
  if (known) return known;
  const response = await fetch(request);
  if (response.status === 200 && keptLater.has(request.url)) await cache.put(request, response.clone());
  return response;
}

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  url.search = '';
  url.hash = '';
  const isPage = request.mode === 'navigate' && url.href === base;
  if (request.method === 'GET' && (isPage || kept.has(url.href) || keptLater.has(url.href)))
    event.respondWith(answer(request));
});

/** A page tells what it used, as (parts of) addresses; the large files among that are kept, then it is answered. */
scope.addEventListener('message', (event) => {
  const keepUsed = async () => {
    const cache = await caches.open(store);
    for (const url of keptLater) {
      const isUsed = event.data.some((part) => url.includes(part));
      if (isUsed && !(await cache.match(url, anyOrigin))) await cache.add(url);
    }
    event.ports[0]?.postMessage('kept');
  };
  event.waitUntil(keepUsed());
});
