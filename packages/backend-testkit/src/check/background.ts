/** A call that is awaited later: should the test fail before that, its rejection is not an unhandled one. */
export function background<T>(call: Promise<T>): Promise<T> {
  call.catch(() => undefined);
  return call;
}
