import { sharedPath } from '@nexttoken/goldens';
import { displayToken } from '@nexttoken/inspector';
import { loadTokenizer } from '@nexttoken/load';

// "Decoding the top-k indexes to tokens": the vocabulary's spelling, the text, and what is half a character.
const { tokenizer } = await loadTokenizer(sharedPath('data/tokenizers/qwen2.5'));
for (const token of ['4', '1', 'Ġ', 'Ġ\\', 'âĳ', 'Ġ-', 'Ġ(']) {
  const id = tokenizer.idOf(token)!;
  console.log(
    `${token} => ${JSON.stringify(tokenizer.decode([id]))}, for people ${displayToken(tokenizer, id)}`,
  );
}
console.log('Vocabulary size:', tokenizer.vocabSize);
