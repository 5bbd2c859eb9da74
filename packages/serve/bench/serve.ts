import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sharedPath } from '@nexttoken/goldens';
import { load } from '@nexttoken/load';
import { figure, machineLine, quantile } from '@nexttoken/workspace/bench';
import { serve } from '../src/index';
import { type ClientReport, runClient } from './client';

// 64 clients that stream without a pause from one server, beside one client alone. DURATION: seconds (60).
const duration = Number(process.env.DURATION ?? 60);
const clients = Number(process.env.CLIENTS ?? 64);
const name = process.env.MODEL ?? sharedPath('data/models/stories260k');

console.log(machineLine());
const loaded = await load(name);
const { model, tokenizer, generationConfig } = loaded;
const { endTokenIds } = generationConfig;
const server = await serve({ model, tokenizer, endTokenIds, port: 0, maxRows: clients, maxQueue: clients });

/** Clients that ask until the time is over; each with seeds of its own, so that mixed streams would show. */
async function round(count: number, seconds: number): Promise<ClientReport> {
  const end = performance.now() + seconds * 1000;
  const reports = await Promise.all(
    Array.from({ length: count }, (_, client) => runClient(server.url, client, end)),
  );
  return {
    requests: reports.reduce((sum, { requests }) => sum + requests, 0),
    lost: reports.reduce((sum, { lost }) => sum + lost, 0),
    mixed: reports.reduce((sum, { mixed }) => sum + mixed, 0),
    tokens: reports.reduce((sum, { tokens }) => sum + tokens, 0),
    latencies: reports.flatMap(({ latencies }) => latencies),
    firstTokens: reports.flatMap(({ firstTokens }) => firstTokens),
  };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is left after a collection: of the heap, and of the process. */
async function memory(): Promise<{ readonly heap: number; readonly process: number }> {
  // What finalizers let go is collected the next time.
  for (let turn = 0; turn < 4; turn++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { heapUsed, rss, external } = process.memoryUsage();
  return { heap: (heapUsed + external) / 2 ** 20, process: rss / 2 ** 20 };
}

function print(
  label: string,
  { requests, lost, mixed, tokens, latencies, firstTokens }: ClientReport,
  seconds: number,
): void {
  figure(`serve.${label}.requests`, requests, 'requests');
  figure(`serve.${label}.lost`, lost, 'requests');
  figure(`serve.${label}.mixed`, mixed, 'streams');
  figure(`serve.${label}.throughput`, tokens / seconds, 'tokens/s');
  figure(`serve.${label}.latency.p50`, quantile(latencies, 0.5), 'ms');
  figure(`serve.${label}.latency.p99`, quantile(latencies, 0.99), 'ms');
  figure(`serve.${label}.first-token.p50`, quantile(firstTokens, 0.5), 'ms');
  figure(`serve.${label}.first-token.p99`, quantile(firstTokens, 0.99), 'ms');
}

await round(clients, Math.min(5, duration / 4));
const single = Math.min(15, duration / 4);
const alone = await round(1, single);
print('one', alone, single);
const before = await memory();
const half = await round(clients, duration / 2);
const middle = await memory();
const rest = await round(clients, duration / 2);
const after = await memory();
const all: ClientReport = {
  requests: half.requests + rest.requests,
  lost: half.lost + rest.lost,
  mixed: half.mixed + rest.mixed,
  tokens: half.tokens + rest.tokens,
  latencies: [...half.latencies, ...rest.latencies],
  firstTokens: [...half.firstTokens, ...rest.firstTokens],
};
print(`clients-${clients}`, all, duration);
figure('serve.gain', all.tokens / duration / (alone.tokens / single), 'times');
for (const [when, { heap, process: whole }] of Object.entries({ before, middle, after })) {
  figure(`serve.heap.${when}`, heap, 'MiB');
  figure(`serve.memory.${when}`, whole, 'MiB');
}

await server.close();
await loaded.dispose();
process.exitCode = all.lost + all.mixed > 0 ? 1 : 0;
