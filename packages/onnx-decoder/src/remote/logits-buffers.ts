import type { Logits } from '@nexttoken/model';

/**
 * Copies logits into buffers that travel between the threads and come back: a step then allocates nothing
 * on either side. A buffer that fits is reused, whatever else came back is dropped.
 */
export function packLogits(
  logits: readonly (Logits | null)[],
  recycled: readonly ArrayBuffer[],
): { logits: (Logits | null)[]; transfer: ArrayBuffer[] } {
  const free = [...recycled];
  const transfer: ArrayBuffer[] = [];
  const packed = logits.map((entry) => {
    if (!entry) return null;
    const fitting = free.findIndex((buffer) => buffer.byteLength === entry.data.byteLength);
    const buffer = fitting >= 0 ? free.splice(fitting, 1)[0]! : new ArrayBuffer(entry.data.byteLength);
    const data = new Float32Array(buffer);
    data.set(entry.data);
    transfer.push(buffer);
    return { ...entry, data };
  });
  return { logits: packed, transfer };
}
