import { NextTokenError } from '@nexttoken/model';

/** A value as JSON keeps it: numbers that JSON does not have as `{ "$number": "-Infinity" }`, typed arrays as lists. */
function plain(value: unknown, refuse: () => NextTokenError): unknown {
  if (typeof value === 'function') throw refuse();
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map((item) => plain(item, refuse));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, refuse)]));
  return value;
}

/** The parameters of a stage as JSON. @throws NextTokenError `unsupported-option` for functions */
export function plainParameters(
  owner: string,
  option: 'processors' | 'sampler',
  { type, parameters }: { readonly type: string; readonly parameters: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([parameter, value]) => [
      parameter,
      plain(value, () => {
        const details = { owner, option, [option === 'sampler' ? 'sampler' : 'processor']: type, parameter };
        return new NextTokenError(
          'unsupported-option',
          `${owner}: ${type}.${parameter} is a function, which cannot be sent`,
          details,
        );
      }),
    ]),
  );
}
