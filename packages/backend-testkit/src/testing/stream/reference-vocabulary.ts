import type { StreamPrompt } from '@nexttoken/model';

export const vocabSize = 40;
/** Ends a text. */
export const endId = 0;

const words =
  ' a| dog| ran| to| the| sun| and| sang| of| cats| at| home|,|.|s|ing|ed| un|re|ly| 🐕|🌞| 🎈|🐈|😀| 🌊';
/** Words, and the bytes of characters that take two, three and four of them. */
const pieces: readonly Uint8Array[] = [
  ...words.split('|').map((word) => new TextEncoder().encode(word)),
  ...[...new TextEncoder().encode('é…😺')].map((byte) => Uint8Array.of(byte)),
];

/** The bytes of a token; the end token and spare ids have none. */
export function bytesOf(id: number): Uint8Array {
  return pieces[id - 1] ?? new Uint8Array();
}

/** Ids of a prompt: one for each UTF-16 unit of a text, decided by its code. */
export function idsOf(prompt: StreamPrompt): number[] {
  if ('ids' in prompt) return Array.from(prompt.ids);
  const text =
    'text' in prompt ? prompt.text : prompt.messages.map((one) => `${one.role}:${one.content}`).join('\n');
  return Array.from({ length: text.length }, (_, i) => 1 + (text.charCodeAt(i) % (vocabSize - 1)));
}
