import { type AlignedText, endOf, startOf } from './aligned-text';

/** Builds a text out of another one, piece by piece, and keeps what stands for what. */
export interface Rewriter {
  /** Takes `[start, end)` over as it is. */
  keep(start: number, end: number): void;
  /** Writes text that stands for what the unit `at` of the source stands for. */
  write(text: string, at: number): void;
  finish(): AlignedText;
}

export function createRewriter(source: AlignedText): Rewriter {
  const parts: string[] = [];
  const { tracked } = source;
  let starts = new Int32Array(tracked ? source.text.length + 16 : 0);
  let ends = new Int32Array(starts.length);
  let length = 0;
  const reserve = (count: number) => {
    if (length + count <= starts.length) return;
    const size = Math.max(2 * starts.length, length + count);
    const [longer, further] = [new Int32Array(size), new Int32Array(size)];
    longer.set(starts);
    further.set(ends);
    [starts, ends] = [longer, further];
  };
  return {
    keep(start, end) {
      parts.push(source.text.slice(start, end));
      if (!tracked) return;
      reserve(end - start);
      for (let at = start; at < end; at++, length++) {
        starts[length] = startOf(source, at);
        ends[length] = endOf(source, at);
      }
    },
    write(text, at) {
      parts.push(text);
      if (!tracked) return;
      reserve(text.length);
      starts.fill(startOf(source, at), length, length + text.length);
      ends.fill(endOf(source, at), length, length + text.length);
      length += text.length;
    },
    finish() {
      const text = parts.join('');
      const { base } = source;
      if (!tracked) return { text, base, tracked };
      return { text, base, starts: starts.subarray(0, length), ends: ends.subarray(0, length), tracked };
    },
  };
}
