import type { Tensor } from 'onnxruntime-common';
import { countHandle } from '../decoder/live-handles';

/** A tensor in the device's memory that several hold and nobody writes to; the last one to release it frees it. */
export class SharedTensor {
  #users = 1;

  constructor(
    readonly tensor: Tensor,
    readonly byteLength: number = tensor.size * (tensor.type === 'float16' ? 2 : 4),
  ) {
    countHandle('tensors', 1);
  }

  retain(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users > 0) return;
    countHandle('tensors', -1);
    this.tensor.dispose();
  }
}
