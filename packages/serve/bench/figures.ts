import { cpus, totalmem } from 'node:os';

/** One line on the machine, printed first. */
export function machineLine(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `machine ${processors[0]?.model.trim()} × ${processors.length}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** One figure, as a script reads it. */
export function figure(name: string, value: number, unit: string): void {
  console.log(`figure ${name} ${value.toPrecision(4)} ${unit}`);
}

/** The value below which a share of the values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
