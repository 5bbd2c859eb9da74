import { sharedPath } from '@nexttoken/goldens';
import { loadTokenizer } from '@nexttoken/load';

// "Manual Tokenization (Text Without Special Tokens)", with SmolLM2's own tokenizer.
const { tokenizer } = await loadTokenizer(sharedPath('data/tokenizers/smollm2'));
const { ids, tokens } = tokenizer.encode('The Capital of France is', { addSpecialTokens: false });
console.log('Tokens (without special tokens):', tokens);
console.log('Token IDs (without special tokens):', [...ids]);
console.log('Decoded Text (without special tokens):', tokenizer.decode(ids));
