const known: readonly (readonly [prefix: string, what: string])[] = [
  ['GGUF', 'it starts like a GGUF file'],
  ['version https://git-lfs', 'it is a Git LFS pointer; the file itself was not downloaded'],
  ['PK\u0003\u0004', 'it is a zip archive (a PyTorch checkpoint, perhaps)'],
  ['<!DOCTYPE', 'it is an HTML page'],
  ['<html', 'it is an HTML page'],
  ['ggml', 'it is of a format older than GGUF'],
  ['lmgg', 'it is of a format older than GGUF'],
  ['tjgg', 'it is of a format older than GGUF'],
];

/** What a file is instead of what it should be, where its first bytes tell. */
export function describeStart(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 32));
  return known.find(([prefix]) => start.startsWith(prefix))?.[1];
}
