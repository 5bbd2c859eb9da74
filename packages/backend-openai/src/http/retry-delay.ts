const first = 250;
const longest = 30_000;

/**
 * Milliseconds until a request is repeated: what the server asks for (`Retry-After`, seconds or a date), else
 * `250 · 2^attempt`, by chance up to a quarter less, so that clients do not come back together; at most 30 s.
 * @param attempt 0 after the first failure
 */
export function retryDelay(attempt: number, retryAfter: string | null, now: number = Date.now()): number {
  const seconds =
    retryAfter === null
      ? Number.NaN
      : /^\d+(\.\d+)?$/.test(retryAfter.trim())
        ? Number(retryAfter)
        : (Date.parse(retryAfter) - now) / 1000;
  if (Number.isFinite(seconds)) return Math.min(longest, Math.max(0, seconds * 1000));
  return Math.min(longest, first * 2 ** attempt) * (1 - Math.random() / 4);
}

/** Answers that may be another one soon. */
export const isTransient = (status: number): boolean =>
  [408, 425, 429, 500, 502, 503, 504, 529].includes(status);
