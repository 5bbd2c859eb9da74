import type { Cut, EmitRange } from './cut';

/** What becomes of the parts that match, as Rust `tokenizers` names it. */
export type CutBehavior = 'Removed' | 'Isolated' | 'Contiguous' | 'MergedWithPrevious' | 'MergedWithNext';

/** Emits the matches within `[start, end)`, in order and without overlap. */
export type FindMatches = (text: string, start: number, end: number, emit: EmitRange) => void;

/** Cuts a text at matches. Cost: that of finding them. */
export function cutByMatches(find: FindMatches, behavior: CutBehavior, invert: boolean): Cut {
  const collect = collectors[behavior];
  return (text, start, end, emit) => {
    const take = collect(emit);
    let reached = start;
    find(text, start, end, (from, to) => {
      if (from > reached) take.part(reached, from, invert);
      if (to > from) take.part(from, to, !invert);
      reached = to;
    });
    if (reached < end) take.part(reached, end, invert);
    take.end();
  };
}

interface Collector {
  part(start: number, end: number, matches: boolean): void;
  end(): void;
}

const collectors: Readonly<Record<CutBehavior, (emit: EmitRange) => Collector>> = {
  Isolated: (emit) => ({ part: emit, end() {} }),
  Removed: (emit) => ({
    part(start, end, matches) {
      if (!matches) emit(start, end);
    },
    end() {},
  }),
  Contiguous: (emit) => joining(emit, (matches, before) => matches === before),
  MergedWithPrevious: (emit) => joining(emit, (matches, before) => matches && !before),
  MergedWithNext: (emit) => joining(emit, (matches, before) => !matches && before),
};

/** Joins a part to the one before it where `joins` says so; the first part joins nothing. */
function joining(emit: EmitRange, joins: (matches: boolean, before: boolean) => boolean): Collector {
  let open: { start: number; end: number; matches: boolean } | undefined;
  return {
    part(start, end, matches) {
      if (open !== undefined && joins(matches, open.matches)) {
        open = { start: open.start, end, matches };
        return;
      }
      if (open !== undefined) emit(open.start, open.end);
      open = { start, end, matches };
    },
    end() {
      if (open !== undefined) emit(open.start, open.end);
    },
  };
}
