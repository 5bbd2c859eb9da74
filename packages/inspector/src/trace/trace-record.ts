import type { RunRecord } from '@nexttoken/generate';
import type { Trace } from './trace-data';

function encoded(row: Float32Array | undefined): string | null {
  if (!row) return null;
  let text = '';
  for (const byte of new Uint8Array(row.buffer, row.byteOffset, row.byteLength))
    text += String.fromCharCode(byte);
  return btoa(text);
}

/** The run of a trace with its rows, as it was before it was written: for `compareRuns` and `counterfactualRun`. */
export function traceRecord({ run, blocks, logitsOf, scoresOf }: Trace): RunRecord {
  const rows = {
    ...(blocks.has('logits') && { logits: run.ids.map((_, step) => encoded(logitsOf(step))) }),
    ...(blocks.has('scores') && { scores: run.ids.map((_, step) => encoded(scoresOf(step))) }),
  };
  return Object.keys(rows).length > 0 ? { ...run, rows } : run;
}
