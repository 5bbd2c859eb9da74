import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs once before the long suites: a folder where whoever packs the packages first leaves them for the others. */
export default function packedFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'nexttoken-packed-'));
  process.env.NEXTTOKEN_PACKED = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
