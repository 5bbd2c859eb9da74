import { NextTokenError } from '@nexttoken/model';
import type { ArchitectureDescription } from './architecture-description';
import { gemma2 } from './gemma2';
import { gemma3 } from './gemma3';
import { gptNeox } from './gpt-neox';
import { gpt2 } from './gpt2';
import { llama } from './llama';
import { mistral } from './mistral';
import { phi3 } from './phi3';
import { qwen2 } from './qwen2';
import { qwen3 } from './qwen3';

/** Every family that can be opened. A new one is a file beside this and an entry here. */
const knownArchitectures: readonly ArchitectureDescription[] = [
  llama,
  mistral,
  qwen2,
  qwen3,
  gpt2,
  gptNeox,
  phi3,
  gemma2,
  gemma3,
];

/**
 * The family that a file names itself.
 * @param field `modelTypes` for config.json's `model_type`, `ggufNames` for GGUF's `general.architecture`
 * @throws NextTokenError `unknown-architecture` with what was found and what is known
 */
export function findArchitecture(
  field: 'modelTypes' | 'ggufNames',
  found: unknown,
  path: string,
): ArchitectureDescription {
  const description = knownArchitectures.find((known) => known[field].some((name) => name === found));
  if (description) return description;
  const known = knownArchitectures.flatMap((each) => each[field]);
  const key = field === 'modelTypes' ? 'model_type' : 'general.architecture';
  const shown = typeof found === 'string' ? `"${found.slice(0, 200)}"` : 'not a name';
  throw new NextTokenError(
    'unknown-architecture',
    `${path}: ${key} is ${shown}; known are ${known.join(', ')}`,
    { path, architecture: typeof found === 'string' ? found.slice(0, 200) : null, known },
  );
}
