import { cpus, totalmem } from 'node:os';

/** One line on the machine, which every benchmark prints first. */
export function machineLine(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `machine ${processors[0]?.model.trim()} × ${processors.length}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/**
 * Prints one figure, as a script reads it.
 * @param name without spaces
 * @param note said behind the unit
 */
export function figure(name: string, value: number, unit: string, note = ''): void {
  console.log(`figure ${name} ${Number.isInteger(value) ? value : value.toPrecision(4)} ${unit}${note}`);
}
