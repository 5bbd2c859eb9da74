import { characterTokenizer, characterVocabulary } from '@nexttoken/tokenizers';

// 1.2 Character-level tokenization: A to Z and a to z, with padding and an unknown token.
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const tokenizer = characterTokenizer(
  characterVocabulary({ alphabet: letters, pad: '<pad>', unknown: '<unk>' }),
);
console.log(`Vocabulary size: ${tokenizer.vocabSize} (52 letters + 2 specials)`);
for (const text of ['HelloWorld', 'ABCxyz', 'ChatGPT', 'Hello, World!']) {
  const { ids } = tokenizer.encode(text);
  console.log(`Original: ${text}\nEncoded : ${ids.join(', ')}\nDecoded : ${tokenizer.decode(ids)}`);
}
