const attempts = 100;
const pauseMilliseconds = 100;

/**
 * Acts again while a file is held for a moment: by another tab that just ended or names a file right now, or by the
 * note of a use that is being written.
 */
export async function whenFree<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if ((error as Error).name !== 'NoModificationAllowedError' || attempt > attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  }
}
