import { spellBytes } from '../bytes/byte-alphabet';

/** Tokens by rank, spelled in the byte-level alphabet. */
export function readRanks(table: string): (string | undefined)[] {
  const tokens: (string | undefined)[] = [];
  for (const line of table.split('\n')) {
    const [, first, ...encoded] = line.split(' ');
    let rank = Number(first);
    for (const token of encoded) {
      const binary = atob(token);
      const bytes = new Uint8Array(binary.length);
      for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
      tokens[rank++] = spellBytes(bytes);
    }
  }
  return tokens;
}
