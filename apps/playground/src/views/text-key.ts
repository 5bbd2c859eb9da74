import type { Playground } from '../app/playground';

/** Names the model and the shown text, up to the shown position where there is one. */
export function textKey(playground: Playground, ...more: readonly unknown[]): string {
  const { model, ids } = playground.at();
  return JSON.stringify([model, ids, ...more]);
}
