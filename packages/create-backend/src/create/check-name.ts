import { UserError } from '../user-error';

const part = /^[a-z0-9][a-z0-9._-]*$/;

/**
 * Refuses what npm would refuse as the name of a new package: `name` or `@scope/name`, lower case letters, digits,
 * hyphens, dots and underscores, not beginning with a dot or underscore, 214 characters at most.
 * @throws UserError with the reason
 */
export function checkName(name: string): void {
  const refuse = (why: string): never => {
    throw new UserError(`${JSON.stringify(name)} cannot be a package's name: ${why}`);
  };
  if (name.length > 214) refuse('it is longer than 214 characters');
  const scoped = /^@([^/]+)\/(.*)$/s.exec(name);
  const parts = scoped ? [scoped[1]!, scoped[2]!] : [name];
  if (name.toLowerCase() !== name) refuse('it must be lower case');
  if (!parts.every((one) => part.test(one)))
    refuse(
      'use lower case letters, digits, hyphens, dots and underscores, e.g. my-backend or @me/my-backend',
    );
  if (['node_modules', 'favicon.ico'].includes(parts.at(-1)!)) refuse('npm reserves it');
}
