import { NextTokenError } from '@nexttoken/model';

/**
 * Refuses names that nobody would read.
 * @throws NextTokenError `unsupported-option`; details: owner, option, known
 */
export function checkOptionNames(owner: string, options: object, known: readonly string[]): void {
  const option = Object.keys(options).find((name) => !known.includes(name));
  if (option === undefined) return;
  const message = `${owner}: there is no option "${option}" (known: ${known.join(', ')})`;
  throw new NextTokenError('unsupported-option', message, { owner, option, known });
}
