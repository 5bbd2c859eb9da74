import { NextTokenError } from '@nexttoken/model';
import type { LoadOptions } from '../load/load-types';

/** Ready-made graphs run as they are. @throws NextTokenError `unsupported-option` for what only our own graphs have */
export function refuseGraphOptions(options: LoadOptions, path: string): void {
  for (const option of ['precision', 'attention', 'longContext'] as const) {
    const value = options[option];
    if (value === undefined || value === false) continue;
    throw new NextTokenError(
      'unsupported-option',
      `load: ${option}: ${path} is a ready-made graph, which runs as it is`,
      { option, value, path },
    );
  }
}
