const shortest = 100;

/** Calls `show` at most every 100 ms; the last of several reports in that time is not lost but late. */
export function progressReporter(show: () => void): { report(): void; stop(): void } {
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    timer = undefined;
    last = performance.now();
    show();
  };
  return {
    report() {
      if (timer !== undefined) return;
      const wait = last + shortest - performance.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
    stop: () => clearTimeout(timer),
  };
}
