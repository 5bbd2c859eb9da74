/** Whether `ids` ends with the first `length` ids of `sequence`; a longer sequence than the row never matches. */
export function endsWith(ids: ArrayLike<number>, sequence: readonly number[], length: number): boolean {
  const begin = ids.length - length;
  if (begin < 0) return false;
  for (let i = length - 1; i >= 0; i--) {
    if (ids[begin + i] !== sequence[i]) return false;
  }
  return true;
}
