import { parseArgs } from 'node:util';
import { invalidParameter, unknownOption } from '@nexttoken/model';
import { type Flag, type FlagName, flags } from './flags';
import { ParsedArguments } from './parsed-arguments';

/**
 * Reads the arguments of one command.
 * @param known the flags that the command takes
 * @throws NextTokenError `unsupported-option` for any other flag, with the nearest one; `invalid-parameter` for a
 *   missing or superfluous value and for a flag given twice
 */
export function parseArguments(args: readonly string[], known: readonly FlagName[]): ParsedArguments {
  const options = Object.fromEntries(known.map((name) => [name, { type: flagType(name), multiple: true }]));
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, (string | true)[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const name = known.find((flag) => flag === token.name && token.rawName.startsWith('--'));
    if (!name)
      throw unknownOption(
        'nexttoken',
        token.rawName,
        known.map((flag) => `--${flag}`),
      );
    const value = flagValue(name, token.value, token.inlineValue ?? false);
    const before = values.get(name) ?? [];
    if (before.length > 0 && !isRepeatable(name))
      throw invalidParameter('nexttoken', `--${name}`, value, 'given once');
    values.set(name, [...before, value]);
  }
  return new ParsedArguments(values, words);
}

function flagType(name: FlagName): 'string' | 'boolean' {
  return 'value' in flags[name] ? 'string' : 'boolean';
}

function isRepeatable(name: FlagName): boolean {
  const flag: Flag = flags[name];
  return flag.repeatable ?? false;
}

function flagValue(name: FlagName, value: string | undefined, inline: boolean): string | true {
  if (flagType(name) === 'boolean') {
    if (value === undefined) return true;
    throw invalidParameter('nexttoken', `--${name}`, value, 'given without a value');
  }
  if (value !== undefined && (inline || !value.startsWith('--'))) return value;
  const found = value === undefined ? 'nothing' : value;
  throw invalidParameter(
    'nexttoken',
    `--${name}`,
    found,
    `followed by a value (--${name}=… for one that starts with --)`,
  );
}
