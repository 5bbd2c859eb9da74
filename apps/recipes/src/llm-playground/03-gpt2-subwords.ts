import { sharedPath } from '@nexttoken/goldens';
import { loadTokenizer } from '@nexttoken/load';

// 1.3 Subword-level tokenization, with GPT-2's tokenizer.
const { tokenizer } = await loadTokenizer(sharedPath('data/tokenizers/gpt2'));
const text = 'Unbelievable tokenization powers! 🚀';
const { ids, tokens } = tokenizer.encode(text);
console.log(`Text: ${text}\nIDs: ${ids.join(', ')}\nTokens: ${tokens.join(' | ')}`);
console.log(`Decoded: ${tokenizer.decode(ids)}`);
