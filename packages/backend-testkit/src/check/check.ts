/** Fails the test with a message that says what was expected. */
export function fail(message: string): never {
  throw new Error(message);
}

/** Fails unless `condition` holds. The message may be a function, so that long ones cost nothing. */
export function check(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) fail(typeof message === 'string' ? message : message());
}

/** Fails unless both have the same JSON text. */
export function checkEqual(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(got === wanted, () => `${what}: expected ${wanted}, got ${got}`);
}
