import { NextTokenError } from '@nexttoken/model';

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Refuses a file name from a server that could leave the cache or mean something else on some system:
 * absolute, with `..`, `.`, empty or backslashed parts, control characters, drive letters, device names.
 * @throws NextTokenError `unsafe-path`
 */
export function checkPath(path: string): string {
  const parts = path.split('/');
  const unsafe =
    path.length > 1000 ||
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    /[\\:*?"<>|\u0000-\u001f\u007f]/.test(path) ||
    parts.some(
      (part) => part === '' || part === '.' || part === '..' || reserved.test(part) || /[. ]$/.test(part),
    );
  if (!unsafe) return path;
  const shown = JSON.stringify(path.slice(0, 200));
  throw new NextTokenError('unsafe-path', `the server names a file ${shown}, which could leave the cache`, {
    path: path.slice(0, 200),
  });
}
