import { spawn } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { largeConfig, largeValue, writeLargeCheckpoint } from '../testing/large-checkpoint';
import { temporaryFolders } from '../testing/temporary-folder';

interface Report {
  /** Peak memory (resident set) in bytes, after building and in the end. */
  readonly built: { readonly peak: number; readonly seconds: number };
  readonly opened: number;
  readonly peak: number;
  /** Bytes of the new folder. */
  readonly output: number;
  readonly logits: readonly number[];
}

const gigabyte = 1e9;
const temporaryFolder = temporaryFolders();
const script = fileURLToPath(new URL('../testing/export-and-run.ts', import.meta.url));

function exportAndRun(...words: string[]): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=@nexttoken/source', script, ...words],
      {
        cwd: fileURLToPath(new URL('.', import.meta.url)),
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(text));
      else reject(new Error(`ended with ${code}`));
    });
  });
}

/** What the checkpoint computes: its layers are zero, so the hidden state stays the embedding. */
function expectedLogits(id: number, count: number): number[] {
  const width = largeConfig.hidden_size;
  const hidden = Array.from({ length: width }, (_, column) => largeValue(id, column));
  const square = hidden.reduce((sum, value) => sum + value * value, 0) / width;
  const scale = 1 / Math.sqrt(square + largeConfig.rms_norm_eps);
  return Array.from({ length: count }, (_, row) =>
    hidden.reduce((sum, value, column) => sum + value * scale * largeValue(row, column), 0),
  );
}

const { bavail, bsize } = await statfs(tmpdir());
const room = bavail * bsize;
const needed = 4 * gigabyte;
if (room < needed) console.log(`skipped: ${needed} bytes are needed in ${tmpdir()}, and ${room} are free`);

test.skipIf(room < needed)(
  'a checkpoint of 2.5 GB is built and runs a step within its output and a gigabyte',
  async () => {
    const folder = await temporaryFolder();
    const checkpoint = join(folder, 'large');
    await writeLargeCheckpoint(checkpoint);
    const report = await exportAndRun(checkpoint, join(folder, 'out'), 'q4', '5');
    const { logits, ...figures } = report;
    console.log(JSON.stringify(figures));
    expect(report.output).toBeGreaterThan(0.7 * gigabyte);
    // One tensor as float32 is 262 MB, the runtime and Node are the rest.
    expect(report.built.peak).toBeLessThan(gigabyte);
    expect(report.peak).toBeLessThan(report.output + gigabyte);
    const expected = expectedLogits(5, logits.length);
    const largest = Math.max(...expected.map(Math.abs));
    expect(logits.length).toBe(500);
    const error = Math.max(...expected.map((value, i) => Math.abs(value - logits[i]!)));
    // Embedding and output layer have 8 bits.
    expect(error / largest).toBeLessThan(0.01);
  },
  400_000,
);
