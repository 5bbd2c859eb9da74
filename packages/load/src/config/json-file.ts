import { NextTokenError } from '@nexttoken/model';

/** A parsed file and where it came from, for errors. */
export interface JsonFile {
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Parses a file that must hold one JSON object.
 * @throws NextTokenError `invalid-file` that names the file
 */
export function parseJsonFile(path: string, text: string): JsonFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new NextTokenError(
      'invalid-file',
      `${path} is not valid JSON: ${(cause as Error).message}`,
      { path },
      { cause },
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new NextTokenError('invalid-file', `${path} must hold a JSON object`, { path });
  }
  return { path, value: value as Record<string, unknown> };
}
