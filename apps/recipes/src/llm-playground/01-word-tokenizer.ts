import { wordTokenizer, wordVocabulary } from '@nexttoken/tokenizers';

// 1.1 Word-level tokenization: a vocabulary of three sentences, and what happens to an unseen word.
const corpus = [
  'The quick brown fox jumps over the lazy dog',
  'Tokenization converts text to numbers',
  'Large language models predict the next token',
];
const vocabulary = wordVocabulary(corpus, { lowercase: true });
const tokenizer = wordTokenizer(vocabulary);
console.log(`Vocabulary size: ${tokenizer.vocabSize} words`);
console.log('First 15 vocab entries:', vocabulary.tokens.slice(0, 15).join(', '));
for (const text of ['The quick brown fox', corpus[1]!, corpus[2]!]) {
  const { ids } = tokenizer.encode(text);
  console.log(`Input: ${text}\nIDs: ${ids.join(', ')}\nDecoded: ${tokenizer.decode(ids)}`);
}
try {
  tokenizer.encode('The quick red fox');
} catch (error) {
  console.log(`Unseen word: ${(error as Error).message}`);
}
