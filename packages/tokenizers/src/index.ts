export { decodeBatch } from './batch/decode-batch';
export { type EncodeBatchOptions, type EncodedBatch, encodeBatch } from './batch/encode-batch';
export { characterTokenizer } from './character/character-tokenizer';
export { characterTokenizerJson } from './character/character-tokenizer-json';
export {
  type CharacterSource,
  type CharacterVocabulary,
  characterVocabulary,
} from './character/character-vocabulary';
export {
  type ChatTemplateSettings,
  chatTemplate,
  type SpanningChatTemplate,
} from './chat-template/chat-template';
export {
  type ChatTemplateFiles,
  type PickedChatTemplate,
  pickChatTemplate,
} from './chat-template/pick-chat-template';
export { ggufTokenizerJson } from './gguf/gguf-tokenizer-json';
export { tokenizerConfigFromGguf } from './gguf/tokenizer-config-from-gguf';
export { tokenizerFromGguf } from './gguf/tokenizer-from-gguf';
export { byteOffsets } from './segments/byte-offsets';
export { type Segment, segments } from './segments/segments';
export type { TiktokenEncoding } from './tiktoken/encoding-names';
export { type TiktokenOptions, tiktokenTokenizer } from './tiktoken/tiktoken-tokenizer';
export type { TracingTokenizer } from './tokenizer/tracing-tokenizer';
export { tokenizerFromJson } from './tokenizer-json/tokenizer-from-json';
export { type VocabularyEntry, vocabularyEntries } from './vocabulary/vocabulary-entries';
export type { RoleNames } from './word/role-vocabulary';
export { wordTokenizer } from './word/word-tokenizer';
export { wordTokenizerJson } from './word/word-tokenizer-json';
export { type WordVocabulary, type WordVocabularyOptions, wordVocabulary } from './word/word-vocabulary';
