import type { GrammarProcessor } from '@nexttoken/grammar';
import { NextTokenError } from '@nexttoken/model';
import type { OpenModel } from '../open-model';
import type { Choosing } from '../protocol';
import type { ChosenSettings, ConstraintSettings } from './constraint-settings';
import { type KeptTo, keptTo } from './kept-to';

/** What a step is chosen by, made for a model's vocabulary. */
export interface ReadyChoosing extends Choosing {
  readonly constraint?: KeptTo | undefined;
}

type Model = Pick<OpenModel, 'loaded' | 'card'>;

/** Of each model what was made last: rows are asked for many times between two changes. */
const made = new WeakMap<OpenModel['loaded'], { readonly key: string; readonly constraint: KeptTo }>();

function parseSchema(text: string): object | boolean {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `the JSON schema is no JSON: ${(cause as Error).message}`;
    throw new NextTokenError('unsupported-schema', message, { pointer: '#', keyword: 'schema' }, { cause });
  }
}

/** Makes the grammar of what was typed. @throws NextTokenError what its factory throws */
export async function makeConstraint(
  { kind, text }: ConstraintSettings,
  { loaded, card }: Model,
): Promise<GrammarProcessor> {
  // Who asks for none does not load it.
  const { choice, grammar, jsonSchema, regex } = await import('@nexttoken/grammar');
  const options = { tokenizer: loaded.tokenizer, endTokenIds: card.endTokenIds };
  switch (kind) {
    case 'json-schema':
      return jsonSchema(parseSchema(text), options);
    case 'regex':
      return regex(text, options);
    case 'choice':
      return choice(text.split('\n').filter(Boolean), options);
    case 'grammar':
      return grammar(text, options);
  }
}

/** The settings with their constraint, if they have one. @throws NextTokenError what its factory throws */
export async function readyChoosing<Request extends { readonly settings: ChosenSettings }>(
  model: Model,
  request: Request,
): Promise<Request & ReadyChoosing> {
  const { constraint } = request.settings;
  if (!constraint) return request;
  const key = JSON.stringify(constraint);
  const known = made.get(model.loaded);
  if (known?.key === key) return { ...request, constraint: known.constraint };
  const own = keptTo(await makeConstraint(constraint, model), model.card.vocabSize);
  made.set(model.loaded, { key, constraint: own });
  return { ...request, constraint: own };
}
