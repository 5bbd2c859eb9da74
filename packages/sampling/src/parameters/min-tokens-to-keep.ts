import { checkOptionNames } from '@nexttoken/model';
import { checkInteger } from './check-integer';

/** What every truncating processor takes beside its own value. */
export interface TruncationOptions {
  /** How many of the best tokens always stay; an integer >= 1, default (and neutral) 1. */
  readonly minTokensToKeep?: number;
}

/**
 * Checks the options of a truncating processor and fills in the default.
 * @param others names of options that the processor checks itself
 */
export function minTokensToKeepOf(
  owner: string,
  options: TruncationOptions,
  ...others: readonly string[]
): number {
  checkOptionNames(owner, options, ['minTokensToKeep', ...others]);
  const { minTokensToKeep = 1 } = options;
  checkInteger(owner, 'minTokensToKeep', minTokensToKeep, 1);
  return minTokensToKeep;
}
