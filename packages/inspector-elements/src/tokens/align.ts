import type { Tokenization, TokenizedPiece } from './tokenization';

/** One token within a segment. */
export interface AlignedPiece {
  readonly piece: TokenizedPiece;
  /** Its place among the tokenizer's tokens. */
  readonly index: number;
  /** Half-open range of the segment's columns; empty for a token without bytes. */
  readonly from: number;
  readonly to: number;
}

/** The shortest stretch of bytes that begins and ends at a border of every tokenizer. */
export interface AlignedSegment {
  readonly start: number;
  readonly end: number;
  /** How many columns the borders of all tokenizers make. */
  readonly columns: number;
  /** One row a tokenizer. */
  readonly rows: readonly (readonly AlignedPiece[])[];
}

interface Placed {
  readonly piece: TokenizedPiece;
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

function place({ pieces }: Tokenization): Placed[] {
  let end = 0;
  return pieces.map((piece, index) => {
    const start = end;
    end += piece.bytes;
    return { piece, index, start, end };
  });
}

/**
 * Cuts a text where all tokenizers cut it. Tokens without bytes (special ones) get a segment of their own where all
 * may be cut, else they stand behind the token before them.
 */
export function alignTokenizations(tokenizations: readonly Tokenization[]): readonly AlignedSegment[] {
  const rows = tokenizations.map(place);
  const borders = rows.map((row) => new Set([0, ...row.map(({ end }) => end)]));
  const length = Math.max(0, ...rows.map((row) => row.at(-1)?.end ?? 0));
  const ends = rows.map((row) => row.at(-1)?.end ?? 0);
  // Behind its own end a shorter row has no borders to wait for.
  const isCommon = (at: number) => borders.every((own, row) => own.has(at) || at > ends[row]!);
  const commons = [...new Set(rows.flatMap((row) => row.map(({ end }) => end)))]
    .filter((at) => at > 0 && (isCommon(at) || at === length))
    .sort((a, b) => a - b);

  const segments: AlignedSegment[] = [];
  const addSpecials = (at: number) => {
    const own = rows.map((row) => row.filter(({ start, end }) => start === end && start === at));
    const columns = Math.max(0, ...own.map((row) => row.length));
    if (columns === 0) return;
    const placed = own.map((row) =>
      row.map(({ piece, index }, from) => ({ piece, index, from, to: from + 1 })),
    );
    segments.push({ start: at, end: at, columns, rows: placed });
  };

  let start = 0;
  addSpecials(0);
  for (const end of commons) {
    const inside = rows.map((row) =>
      row.filter((token) => token.start >= start && token.end <= end && !isSpecialAt(token, start, end)),
    );
    const places = [...new Set([start, end, ...inside.flatMap((row) => row.map((token) => token.end))])].sort(
      (a, b) => a - b,
    );
    const column = (at: number) => places.indexOf(at);
    segments.push({
      start,
      end,
      columns: places.length - 1,
      rows: inside.map((row) =>
        row.map(({ piece, index, ...token }) => ({
          piece,
          index,
          from: column(token.start),
          to: column(token.end),
        })),
      ),
    });
    addSpecials(end);
    start = end;
  }
  return segments;
}

/** A token without bytes at a border of the segment has a segment of its own. */
function isSpecialAt({ start, end }: Placed, from: number, to: number): boolean {
  return start === end && (start === from || start === to);
}
