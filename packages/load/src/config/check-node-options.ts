import { NextTokenError } from '@nexttoken/model';
import type { LoadOptions } from '../load/load-types';
import { checkOptions } from './check-options';

/** As {@link checkOptions}, and refuses what only a browser can honour. */
export function checkNodeOptions(owner: string, options: LoadOptions): void {
  checkOptions(owner, options);
  if (options.wasmPaths === undefined) return;
  const message = `${owner}: wasmPaths: there is no WebAssembly runtime in the Node entry`;
  throw new NextTokenError('unsupported-option', message, { option: 'wasmPaths' });
}
