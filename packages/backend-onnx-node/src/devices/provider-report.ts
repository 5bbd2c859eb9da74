import { readFile } from 'node:fs/promises';

/** Which provider ran what, in one pass of the graph. */
export interface ProviderReport {
  /** Nodes by provider, e.g. `{ WebGpuExecutionProvider: 231, CPUExecutionProvider: 31 }`. */
  readonly providers: Readonly<Record<string, number>>;
  /** Operators that ran elsewhere than on the device asked for, and how many nodes of each. */
  readonly fallbacks: Readonly<Record<string, number>>;
  /** How many values were carried between the device and the host, cache and logits apart. */
  readonly transfers: number;
}

interface ProfileEvent {
  readonly cat?: string;
  readonly args?: { readonly provider?: string; readonly op_name?: string };
}

/** Reads ONNX Runtime's profile of a pass: its events name each node's operator and provider. */
export async function providerReport(path: string): Promise<ProviderReport> {
  const events = JSON.parse(await readFile(path, 'utf8')) as readonly ProfileEvent[];
  const providers: Record<string, number> = {};
  const fallbacks: Record<string, number> = {};
  let transfers = 0;
  for (const { cat, args } of events) {
    if (cat !== 'Node' || !args?.provider) continue;
    const { provider, op_name: operator = '?' } = args;
    providers[provider] = (providers[provider] ?? 0) + 1;
    if (provider === 'CPUExecutionProvider') fallbacks[operator] = (fallbacks[operator] ?? 0) + 1;
    if (operator.startsWith('Memcpy')) transfers++;
  }
  return { providers, fallbacks, transfers };
}
