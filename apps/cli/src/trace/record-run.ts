import { writeFile } from 'node:fs/promises';
import { type RunOptions, startRun } from '@nexttoken/generate';
import { writeTrace } from '@nexttoken/inspector';
import { NextTokenError } from '@nexttoken/model';

/**
 * Generates as `generate` does, and writes the run with all its rows to a trace file; a run that was stopped too.
 * @param notes what the file says besides, e.g. the model's name
 * @throws NextTokenError `export-failed` where the file cannot be written; what `startRun` throws
 */
export async function recordRun(
  path: string,
  options: Omit<RunOptions, 'capture'>,
  notes: Readonly<Record<string, string>>,
): Promise<void> {
  const run = await startRun({ ...options, capture: { logits: true, scores: true } });
  await run.dispose();
  const { tokenizer } = options;
  await writeFile(path, writeTrace(run.record, { tokenizer, notes })).catch((cause: Error) => {
    throw new NextTokenError('export-failed', `--trace ${path}: ${cause.message}`, { path }, { cause });
  });
}
