/** A number that the server's `/metrics` tell. */
export async function readMetric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

/** Waits until a metric has a value; fails after two seconds. */
export async function metricReaches(url: string, name: string, value: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await readMetric(url, name)) === value) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${name} is ${await readMetric(url, name)}, expected ${value}`);
}
