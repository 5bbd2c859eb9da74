import type { Checkpoint } from '@nexttoken/checkpoint';

/** Reads the bytes of the next tensor while the present one is converted; memory then holds both. */
export class ReadAhead {
  #next: { readonly tensor: string; readonly bytes: Promise<Uint8Array> } | undefined;

  constructor(readonly checkpoint: Pick<Checkpoint, 'readBytes'>) {}

  /** Begins to read a tensor that will be wanted next. */
  expect(tensor: string): void {
    const bytes = this.checkpoint.readBytes(tensor);
    // Whoever takes them is told of a failure; until then nobody else has to be.
    bytes.catch(() => {});
    this.#next = { tensor, bytes };
  }

  /** The bytes of a tensor: those that were expected, or read now. */
  take(tensor: string): Promise<Uint8Array> {
    const next = this.#next;
    if (next?.tensor !== tensor) return this.checkpoint.readBytes(tensor);
    this.#next = undefined;
    return next.bytes;
  }

  /** Resolves when nothing is being read any more. */
  async settled(): Promise<void> {
    await this.#next?.bytes.catch(() => {});
  }
}
