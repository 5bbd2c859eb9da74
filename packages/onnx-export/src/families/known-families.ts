import type { ArchitectureFamily } from '@nexttoken/checkpoint';
import type { DecoderFamily } from './decoder-family';
import { gemma } from './gemma';
import { gptNeox } from './gpt-neox';
import { gpt2 } from './gpt2';
import { llamaLike } from './llama-like';
import { phi3 } from './phi3';

/** Every family that a graph can be made for. A new one is a file beside this and an entry here. */
export const knownFamilies: Readonly<Record<ArchitectureFamily, DecoderFamily>> = {
  llama: llamaLike,
  mistral: llamaLike,
  qwen2: llamaLike,
  qwen3: llamaLike,
  gpt2,
  gpt_neox: gptNeox,
  phi3,
  gemma2: gemma,
  gemma3: gemma,
};
