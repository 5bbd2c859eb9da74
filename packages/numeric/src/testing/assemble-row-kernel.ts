import { readFileSync } from 'node:fs';
import wabt from 'wabt';

/** `row-kernel.wat` as text in base64, as `row-kernel-binary.ts` holds it. */
export async function assembleRowKernel(): Promise<string> {
  const source = readFileSync(new URL('../kernel/row-kernel.wat', import.meta.url), 'utf8');
  const { parseWat } = await wabt();
  const module = parseWat('row-kernel.wat', source, { simd: true });
  try {
    return Buffer.from(module.toBinary({}).buffer).toString('base64');
  } finally {
    module.destroy();
  }
}
