import { NextTokenError } from '@nexttoken/model';
import type { LoadOptions } from '../load/load-types';
import { checkOptions } from './check-options';

/** As {@link checkOptions}, and refuses what only a browser can honour. */
export function checkNodeOptions(owner: string, options: LoadOptions): void {
  checkOptions(owner, options);
  for (const [option, why] of browserOnly) {
    if (options[option] === undefined) continue;
    throw new NextTokenError('unsupported-option', `${owner}: ${option}: ${why}`, { option });
  }
}

const browserOnly = [
  ['wasmPaths', 'there is no WebAssembly runtime in the Node entry'],
  ['onEvent', 'devices that are lost and come back are those of browsers'],
] as const;
