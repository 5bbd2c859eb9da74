/** How far a download has come, over all of its files. */
export interface DownloadProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  /** Over the last seconds; 0 at the beginning. */
  readonly bytesPerSecond: number;
  /** Until the end at this rate; absent while the rate is not known. */
  readonly secondsLeft?: number;
  readonly files: readonly FileProgress[];
}

export interface FileProgress {
  readonly path: string;
  readonly bytes: number;
  readonly totalBytes: number;
}

const windowMilliseconds = 5_000;

/**
 * Adds up the bytes of several files and knows the rate of the last five seconds. Bytes that were on disk when
 * the meter started count as done, not as speed.
 * @param now milliseconds, for tests
 */
export function progressMeter(
  files: readonly { readonly path: string; readonly size: number }[],
  now: () => number = () => performance.now(),
) {
  const bytes = new Map(files.map(({ path }) => [path, 0]));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const marks: { readonly time: number; readonly moved: number }[] = [{ time: now(), moved: 0 }];
  let moved = 0;
  return {
    /** Notes how many bytes of a file are there; `isOld` for what an earlier run brought. */
    set(path: string, count: number, isOld = false): void {
      const gained = count - (bytes.get(path) ?? 0);
      bytes.set(path, count);
      if (!isOld && gained > 0) moved += gained;
    },
    read(): DownloadProgress {
      const time = now();
      marks.push({ time, moved });
      while (marks.length > 2 && time - marks[1]!.time >= windowMilliseconds) marks.shift();
      const first = marks[0]!;
      const elapsed = (time - first.time) / 1000;
      const rate = elapsed > 0 ? (moved - first.moved) / elapsed : 0;
      const done = [...bytes.values()].reduce((sum, count) => sum + count, 0);
      return {
        bytes: done,
        totalBytes: total,
        bytesPerSecond: rate,
        ...(rate > 0 && { secondsLeft: (total - done) / rate }),
        files: files.map(({ path, size }) => ({ path, bytes: bytes.get(path)!, totalBytes: size })),
      };
    },
  };
}
