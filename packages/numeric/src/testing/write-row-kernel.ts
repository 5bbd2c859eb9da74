import { writeFileSync } from 'node:fs';
import { assembleRowKernel } from './assemble-row-kernel';

/** Writes `row-kernel-binary.ts` anew: `npm run assemble` in this package, after a change of `row-kernel.wat`. */
const text = `/** Assembled from \`row-kernel.wat\` by \`npm run assemble\`; a test compares the two. */
const base64 =
  '${await assembleRowKernel()}';

/** The row kernel as a WebAssembly module. */
export const rowKernelBinary = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
`;
writeFileSync(new URL('../kernel/row-kernel-binary.ts', import.meta.url), text);
