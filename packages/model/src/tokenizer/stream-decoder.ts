/**
 * Decodes token by token. Text is emitted as soon as it is certain: never half a UTF-8 character, never
 * text that a later token would change. All emitted pieces together equal `decode` of all ids.
 */
export interface StreamDecoder {
  /** Takes the next id, returns the text that became certain (often empty within a character). */
  push(id: number): string;
  /** Returns what is left, an incomplete character as U+FFFD, and starts anew. */
  flush(): string;
}
