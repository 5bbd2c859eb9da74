/**
 * How long to wait before another try, in milliseconds: what the server asks for (`Retry-After`, RFC 9110:
 * seconds or a date), at most `longest`; else twice as long each time from `shortest` on, with jitter.
 * @param attempt 0 for the first wait
 */
export function retryDelay(
  attempt: number,
  response: Response | undefined,
  { shortest, longest }: { readonly shortest: number; readonly longest: number },
): number {
  const asked = response?.headers.get('retry-after');
  if (asked) {
    const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
    if (Number.isFinite(seconds)) return Math.min(longest, Math.max(0, seconds * 1000));
  }
  return Math.min(longest, shortest * 2 ** attempt * (0.5 + Math.random()));
}
