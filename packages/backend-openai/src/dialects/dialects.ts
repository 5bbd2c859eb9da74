import { invalidParameter } from '@nexttoken/model';
import type { Dialect } from './dialect';
import { llamaCpp } from './llama-cpp';
import { llamaCppPython } from './llama-cpp-python';
import { lmStudio } from './lm-studio';
import { nexttoken } from './nexttoken';
import { ollama } from './ollama';
import { openai } from './openai';
import { vllm } from './vllm';

/** Every dialect by name: what each kind of server understands, as plain data. */
export const dialects: Readonly<Record<string, Dialect>> = Object.fromEntries(
  [openai, vllm, llamaCpp, llamaCppPython, ollama, lmStudio, nexttoken].map((dialect) => [
    dialect.name,
    dialect,
  ]),
);

/** A dialect by name, or one's own as it is. @throws NextTokenError `invalid-parameter` for a name that is not known */
export function resolveDialect(owner: string, given: string | Dialect): Dialect {
  if (typeof given === 'object' && given !== null) return given;
  const known = Object.hasOwn(dialects, given) ? dialects[given] : undefined;
  if (known) return known;
  throw invalidParameter(owner, 'dialect', given, `one of ${Object.keys(dialects).join(', ')}, or a dialect`);
}
