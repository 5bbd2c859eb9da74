import { invalidParameter } from '@nexttoken/model';

/** Refuses an output buffer that does not have the row's length. */
export function checkLength(owner: string, out: ArrayLike<number>, length: number): void {
  if (out.length !== length) {
    throw invalidParameter(owner, 'out', `${out.length} elements`, `an array of ${length} elements`);
  }
}
