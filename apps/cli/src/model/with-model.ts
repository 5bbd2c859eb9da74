import { type LoadedModel, type LoadOptions, type LoadProgress, load } from '@nexttoken/load';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import type { Terminal } from '../terminal/terminal';

/** The name that `--model` gives, or the embedded one. */
export function modelName(args: ParsedArguments): string {
  return args.text('model') ?? 'tales';
}

function loadOptions(args: ParsedArguments, terminal: Terminal, attention: boolean): LoadOptions {
  return {
    ...(attention && { attention }),
    device: args.text('device'),
    dtype: args.text('dtype'),
    precision: args.text('precision') as LoadOptions['precision'],
    offline: args.has('offline') ? true : undefined,
    signal: terminal.signal,
    onProgress: (progress) => terminal.progress(loadProgressLine(progress)),
  };
}

/**
 * Loads the model that the flags name, works with it, and frees it in every case.
 * @param name another model than `--model`
 * @param attention whether its sessions can capture attention
 */
export async function withModel<Result>(
  args: ParsedArguments,
  terminal: Terminal,
  work: (loaded: LoadedModel) => Promise<Result>,
  name: string = modelName(args),
  attention = false,
): Promise<Result> {
  const loaded = await load(name, loadOptions(args, terminal, attention));
  terminal.progress('');
  try {
    return await work(loaded);
  } finally {
    await loaded.dispose();
  }
}

const stages = {
  download: 'downloading',
  fingerprint: 'reading the weights',
  weights: 'writing the weights to the cache',
  start: 'starting the model',
} as const;

/** What `load` is doing now, as a line. */
export function loadProgressLine({ stage, done, total, bytesPerSecond, secondsLeft }: LoadProgress): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  if (total <= 0) return stages[stage];
  const rate = bytesPerSecond ? `, ${megabytes(bytesPerSecond)} MB/s` : '';
  const left = secondsLeft === undefined || done >= total ? '' : `, ${Math.ceil(secondsLeft)} s left`;
  return `${stages[stage]}: ${megabytes(done)} of ${megabytes(total)} MB${rate}${left}`;
}
