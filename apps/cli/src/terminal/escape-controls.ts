/** Controls, direction marks and line separators; line feed and tab are harmless. */
const controls = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/**
 * Makes control characters visible, so that a model's text cannot steer a terminal: C0 as control pictures (`␛`),
 * others as `\u{9b}`. Line feed and tab stay.
 */
export function escapeControls(text: string): string {
  return text.replace(controls, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : `\\u{${code.toString(16)}}`;
  });
}

/** JSON that is safe to print: the same value, with those characters written as `\uXXXX`. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    controls,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
