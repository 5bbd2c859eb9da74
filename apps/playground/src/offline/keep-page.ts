/**
 * Lets a service worker keep the page's own files, so that it opens without a network. Only the built page has one.
 * @param usedByWorker addresses of what the engine’s worker fetched
 * @returns whether everything is kept that this visit needed
 */
export async function keepPage(usedByWorker: () => Promise<readonly string[]>): Promise<boolean> {
  if (import.meta.env.MODE !== 'production' || !('serviceWorker' in navigator)) return false;
  try {
    await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    const { active } = await navigator.serviceWorker.ready;
    return active !== null && (await keepUsed(active, await usedByWorker()));
  } catch {
    return false;
  }
}

function keepUsed(worker: ServiceWorker, others: readonly string[]): Promise<boolean> {
  const own = performance.getEntriesByType('resource').map(({ name }) => name);
  const used = [...own, ...others];
  // What the runtime's worker loads is not told to the page; the worker's own name tells which runtime it is.
  const runtimes = ['jspi', 'asyncify'].filter((build) =>
    used.some((url) => url.includes(`/${build}-worker`)),
  );
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(true);
    worker.postMessage([...used, ...runtimes.map((build) => `.${build}-`)], [port2]);
  });
}
