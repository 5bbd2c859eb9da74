import type { RenderOptions } from '@nexttoken/inspector';
import type { Terminal } from '../terminal/terminal';

/** How the inspector's renderers draw for this terminal. */
export function rendering({ style, width }: Terminal): RenderOptions {
  return { color: style.colours, width };
}
