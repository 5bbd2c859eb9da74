import { type GgufVocabulary, readGgufVocabulary } from './gguf-vocabulary';

/**
 * Says in the form of tokenizer_config.json what GGUF metadata says: `bos_token`, `eos_token`, `unk_token`,
 * `pad_token` by their text, and `chat_template`. Give it to `pickChatTemplate`.
 *
 * @throws NextTokenError `invalid-file` naming the key
 */
export function tokenizerConfigFromGguf(metadata: unknown): Record<string, string> {
  return configOf(readGgufVocabulary(metadata));
}

export function configOf({ metadata, tokens, roleId }: GgufVocabulary): Record<string, string> {
  const roles = { bos: 'bos_token', eos: 'eos_token', unknown: 'unk_token', padding: 'pad_token' };
  const config: Record<string, string> = {};
  for (const [name, role] of Object.entries(roles)) {
    const id = roleId(name);
    if (id !== undefined) config[role] = tokens[id]!;
  }
  const template = metadata.string('tokenizer.chat_template', '');
  if (template !== '') config.chat_template = template;
  return config;
}
