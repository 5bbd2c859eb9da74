/** A piece of a file that one connection brings, and how far it has come. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  done: number;
}

/** The segments that a journal notes, if they are those of a file of this size (any, where it is not known). */
export function parseJournal(text: string, size?: number): Segment[] | undefined {
  try {
    const found = JSON.parse(text) as Segment[];
    let at = 0;
    for (const { start, end, done } of found) {
      if (start !== at || !(end >= start) || !(done >= 0) || done > end - start) return undefined;
      at = end;
    }
    return at === (size ?? at) && found.length > 0 ? found : undefined;
  } catch {
    return undefined;
  }
}

/** How many bytes a journal says are there. */
export function bytesInJournal(text: string): number {
  return (parseJournal(text) ?? []).reduce((sum, { done }) => sum + done, 0);
}
