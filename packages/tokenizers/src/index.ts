export { type ChatTemplateSettings, chatTemplate } from './chat-template/chat-template';
export {
  type ChatTemplateFiles,
  type PickedChatTemplate,
  pickChatTemplate,
} from './chat-template/pick-chat-template';
export { tokenizerConfigFromGguf } from './gguf/tokenizer-config-from-gguf';
export { tokenizerFromGguf } from './gguf/tokenizer-from-gguf';
export type { TiktokenEncoding } from './tiktoken/encoding-names';
export { type TiktokenOptions, tiktokenTokenizer } from './tiktoken/tiktoken-tokenizer';
export { tokenizerFromJson } from './tokenizer-json/tokenizer-from-json';
