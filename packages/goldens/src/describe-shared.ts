import { describe, test } from 'vitest';
import { hasShared } from './shared-folder';

/** A `describe` that is skipped where the shared folder is absent; its body, which may read there, does not run. */
export function describeShared(title: string, body: () => void): void {
  if (hasShared) describe(title, body);
  else describe.skip(title, () => test('needs the folder `shared`', () => {}));
}
