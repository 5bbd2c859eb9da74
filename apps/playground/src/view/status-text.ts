import type { LoadProgress } from '@nexttoken/load';
import type { ModelCard } from '../engine/protocol';
import { formatBytes, formatNumber, formatSeconds } from './format';

const words: Readonly<Record<LoadProgress['stage'], string>> = {
  download: 'fetching',
  fingerprint: 'reading',
  weights: 'preparing weights',
  start: 'starting the runtime',
};

/** What loading does now. A size that nobody announced is not made up. */
export function loadingText({ stage, done, total, file, secondsLeft }: LoadProgress): string {
  const size = done > 0 ? ` ${formatBytes(done)}` : '';
  const of = total > 0 ? ` of ${formatBytes(total)}` : '';
  const left = secondsLeft === undefined ? '' : ` · ${formatSeconds(secondsLeft)} left`;
  return `${words[stage]}${file ? ` ${file}` : ''}${size}${size && of}${left}`;
}

/** What runs, and how fast it last was. */
export function liveText({ device, dtype, threads }: ModelCard, tokensPerSecond: number | undefined): string {
  const many = threads === undefined ? '' : `, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const speed =
    tokensPerSecond === undefined
      ? ''
      : ` · ${tokensPerSecond < 10 ? formatNumber(tokensPerSecond) : Math.round(tokensPerSecond)} tok/s`;
  return `${device}${many} · ${dtype}${speed}`;
}
