import type { Cut } from './cut';

/** Where the word that begins at `at` ends: behind `at`, at most `end`. Nothing outside `[at, end)` is looked at. */
export type Scanner = (text: string, at: number, end: number) => number;

/** Cuts a text in words that follow each other without a gap. */
export function cutByScanner(scan: Scanner): Cut {
  return (text, start, end, emit) => {
    for (let at = start; at < end; ) {
      const next = scan(text, at, end);
      emit(at, next);
      at = next;
    }
  };
}
