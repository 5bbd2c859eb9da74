import { UserError } from '../user-error';

export interface ParsedArguments {
  readonly help: boolean;
  readonly name: string | undefined;
}

/** @throws UserError for a flag that is not known, or more than one name */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const names: string[] = [];
  for (const word of argv) {
    if (word === '--help' || word === '-h') return { help: true, name: undefined };
    if (word.startsWith('-')) throw new UserError(`unknown option ${word}; --help shows what there is`);
    names.push(word);
  }
  if (names.length > 1) throw new UserError(`one name is expected, got ${names.length}: ${names.join(' ')}`);
  return { help: false, name: names[0] };
}
