import type { LoadedModel, LoadProgress } from '@nexttoken/load';
import { formatBytes, formatNumber } from './format';

const words: Readonly<Record<LoadProgress['stage'], string>> = {
  download: 'fetching',
  fingerprint: 'reading',
  weights: 'preparing weights',
  start: 'starting the runtime',
};

/** What loading does now. A size that nobody announced is not made up. */
export function loadingText({ stage, done, total, file }: LoadProgress): string {
  const size = done > 0 ? ` ${formatBytes(done)}` : '';
  const of = total > 0 ? ` of ${formatBytes(total)}` : '';
  return `${words[stage]}${file ? ` ${file}` : ''}${size}${size && of}`;
}

/** What runs, and how fast it last was. */
export function liveText({ model }: LoadedModel, tokensPerSecond: number | undefined): string {
  const { device, dtype, threads } = model.describe();
  const many = typeof threads === 'number' ? `, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : '';
  const speed =
    tokensPerSecond === undefined
      ? ''
      : ` · ${tokensPerSecond < 10 ? formatNumber(tokensPerSecond) : Math.round(tokensPerSecond)} tok/s`;
  return `${device}${many} · ${dtype}${speed}`;
}
