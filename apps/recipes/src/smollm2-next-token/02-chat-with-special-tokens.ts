import { sharedPath } from '@nexttoken/goldens';
import { loadTokenizer } from '@nexttoken/load';

// "Automatic Tokenization (Chat With Special Tokens)", with SmolLM2's own tokenizer and template.
const { tokenizer, chatTemplate } = await loadTokenizer(sharedPath('data/tokenizers/smollm2'));
const chat = chatTemplate!.render([{ role: 'user', content: 'The Capital of France is' }]);
const { ids } = tokenizer.encode(chat);
console.log('Input IDs (with special tokens):', ids.join(', '));
console.log(`Decoded Chat (with special tokens):\n ${tokenizer.decode(ids)}`);
