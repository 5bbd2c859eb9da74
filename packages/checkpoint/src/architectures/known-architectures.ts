import { NextTokenError } from '@nexttoken/model';
import type { ArchitectureDescription } from './architecture-description';
import { llama } from './llama';

/** Every family that can be opened. A new one is a file beside this and an entry here. */
const knownArchitectures: readonly ArchitectureDescription[] = [llama];

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
