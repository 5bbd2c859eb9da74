/** A number that the server's `/metrics` tell. */
export async function readMetric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

/** Waits until a metric has a value. @param patience milliseconds */
export async function metricReaches(
  url: string,
  name: string,
  value: number,
  patience = 10_000,
): Promise<void> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    if ((await readMetric(url, name)) === value) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${name} is ${await readMetric(url, name)}, expected ${value}`);
}
