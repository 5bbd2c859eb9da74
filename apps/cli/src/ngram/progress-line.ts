import { performance } from 'node:perf_hooks';
import type { Terminal } from '../terminal/terminal';

/** Milliseconds between two lines. */
const pause = 100;

/** Shows how fast something goes and how long it will take: `reading: 1.2 M tokens, 5.3 M tokens/s, ETA 3 s`. */
export function progressLine(
  terminal: Terminal,
  what: string,
): (tokens: number, done: number, total: number) => void {
  const start = performance.now();
  let last = 0;
  return (tokens, done, total) => {
    const now = performance.now();
    if (now - last < pause) return;
    last = now;
    const seconds = (now - start) / 1000;
    const left = done > 0 ? (seconds * (total - done)) / done : 0;
    terminal.progress(`${what}: ${rateText(tokens, seconds)}, ETA ${Math.ceil(left)} s`);
  };
}

/** `1.2 M tokens, 5.3 M tokens/s`. */
export function rateText(tokens: number, seconds: number): string {
  return `${short(tokens)} tokens, ${short(tokens / Math.max(seconds, 1e-3))} tokens/s`;
}

function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e4 ? `${(value / 1e3).toFixed(1)} k` : String(Math.round(value));
}
