/** Keys that move within a widget, along one direction. */
export interface MoveKeys {
  readonly back: string;
  readonly forward: string;
}

export const horizontal: MoveKeys = { back: 'ArrowLeft', forward: 'ArrowRight' };
export const vertical: MoveKeys = { back: 'ArrowUp', forward: 'ArrowDown' };

/**
 * Where a key moves to among `count` places; `undefined` for a key that does not move.
 * @param page how far Page Up and Page Down go; 0: they do not move
 */
export function nextIndex(
  key: string,
  index: number,
  count: number,
  { back, forward }: MoveKeys,
  page = 0,
): number | undefined {
  const to: Readonly<Record<string, number>> = {
    [back]: index - 1,
    [forward]: index + 1,
    Home: 0,
    End: count - 1,
    ...(page > 0 && { PageUp: index - page, PageDown: index + page }),
  };
  const wanted = to[key];
  return wanted === undefined || count === 0 ? undefined : Math.min(Math.max(wanted, 0), count - 1);
}
