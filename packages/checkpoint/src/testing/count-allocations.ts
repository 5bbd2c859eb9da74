import { vi } from 'vitest';

const counted = [
  'ArrayBuffer',
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'Array',
] as const;

/** The bytes of what a constructor was asked for with a number; an array's slot counts 8. */
function bytesOf(name: (typeof counted)[number], length: unknown): number {
  if (typeof length !== 'number') return 0;
  const width = name === 'Array' ? 8 : name === 'ArrayBuffer' ? 1 : globalThis[name].BYTES_PER_ELEMENT;
  return width * length;
}

/**
 * Runs something and watches what arrays and buffers of a given length it makes (by `new`, as all of the package does).
 * @returns the largest of them, in bytes
 */
export async function largestAllocation(run: () => Promise<unknown>): Promise<number> {
  let largest = 0;
  for (const name of counted) {
    const original = globalThis[name] as unknown as new (...parameters: unknown[]) => object;
    vi.stubGlobal(
      name,
      new Proxy(original, {
        construct(target, parameters, newTarget) {
          largest = Math.max(largest, bytesOf(name, parameters[0]));
          return Reflect.construct(target, parameters, newTarget);
        },
      }),
    );
  }
  try {
    await run();
  } finally {
    vi.unstubAllGlobals();
  }
  return largest;
}
