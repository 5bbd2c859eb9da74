export { hashedLogits } from './hashed-logits';
export { createMarkovModel } from './markov-model';
export { createPieceTokenizer, type PieceTokenizerOptions } from './piece-tokenizer';
export { scriptedLogits } from './scripted-logits';
export { createTestModel, type TestModel, type TestModelLog, type TestModelOptions } from './test-model';
export { createTinyTransformer } from './tiny-transformer';
