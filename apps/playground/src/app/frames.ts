/** Between two drawings while something runs: fast enough to read along, and the page is free in between. */
const restMilliseconds = 80;

/**
 * Draws in the next frame, once for all wishes until then.
 * @param isRunning while this holds, drawings keep a rest between them
 */
export function frames(draw: () => void, isRunning: () => boolean): () => void {
  let isDue = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;

  function inNextFrame(): void {
    resting = undefined;
    requestAnimationFrame(() => {
      isDue = false;
      drawnAt = performance.now();
      draw();
    });
  }

  return () => {
    const rest = isRunning() ? drawnAt + restMilliseconds - performance.now() : 0;
    if (isDue && (resting === undefined || rest > 0)) return;
    isDue = true;
    clearTimeout(resting);
    if (rest > 0) resting = setTimeout(inNextFrame, rest);
    else inNextFrame();
  };
}
