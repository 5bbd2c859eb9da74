export { type SentencePieceOptions, sentencePieceTokenizer } from './sentencepiece-tokenizer';
