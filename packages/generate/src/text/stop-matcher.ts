/** Lets text through as soon as it cannot be part of a stop string any more. */
export interface StopMatcher {
  /** Whether a stop string was found; then nothing more is let through. */
  readonly stopped: boolean;
  /** Takes the next piece, returns what is certain now (it may belong to earlier pieces). */
  push(text: string): string;
  /** Returns what was held back: the text ends here, so it was no stop string after all. */
  end(): string;
}

/**
 * Finds the stop string that is complete first (of several that end at the same character, the longest)
 * and lets through what stands before it. How the text is cut into pieces makes no difference: it is
 * read character by character, and what is held back is always the longest end of the text that some
 * stop string begins with.
 *
 * Cost: per character, one comparison with each stop string (no longer than the longest of them).
 *
 * @param stopStrings non-empty texts; none of them: everything passes at once
 */
export function createStopMatcher(stopStrings: readonly string[]): StopMatcher {
  let held = '';
  let stopped = false;

  /** Takes one character; what it makes certain is returned, `held` and `stopped` are updated. */
  function take(character: string): string {
    const text = held + character;
    const found = stopStrings.filter((stop) => text.endsWith(stop));
    if (found.length > 0) {
      stopped = true;
      held = '';
      return text.slice(0, text.length - Math.max(...found.map((stop) => stop.length)));
    }
    let start = 0;
    while (start < text.length && !stopStrings.some((stop) => stop.startsWith(text.slice(start)))) start++;
    held = text.slice(start);
    return text.slice(0, start);
  }

  return {
    get stopped() {
      return stopped;
    },
    push(text) {
      if (stopStrings.length === 0) return text;
      let certain = '';
      for (let index = 0; index < text.length && !stopped; index++) certain += take(text[index]!);
      return certain;
    },
    end() {
      const rest = held;
      held = '';
      return rest;
    },
  };
}
