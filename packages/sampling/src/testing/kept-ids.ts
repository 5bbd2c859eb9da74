/** The ids of a row's candidates: everything above -Infinity. */
export function keptIds(row: ArrayLike<number>): number[] {
  return Array.from(row).flatMap((score, id) => (score > Number.NEGATIVE_INFINITY ? [id] : []));
}
