let live = 0;

/** How many streams are open now, in this process: for tests. */
export const liveStreams = (): number => live;

/** Counts a stream; call what is returned when it ends. */
export function countStream(): () => void {
  live++;
  return () => {
    live--;
  };
}
