import { cpus, totalmem } from 'node:os';

/** One line on the machine, as every benchmark prints it first. */
export function machineLine(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `machine ${processors[0]?.model.trim()} × ${processors.length}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** One figure, as a script reads it. */
export function figure(name: string, value: number, unit: string): void {
  console.log(`figure ${name} ${value.toPrecision(4)} ${unit}`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
