import type { JsonPart } from './read-json';
import type { ModelVocabulary } from './read-vocabulary';
import { readRoleTokens } from './role-tokens';

/** A token that is found in the text as it stands, before the model sees it. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  /** Found in the normalized text, in its normalized form. */
  readonly normalized: boolean;
  /** Found only where no word character touches it. */
  readonly singleWord: boolean;
  /** Takes the white space before it, and behind it, along. */
  readonly leftStrip: boolean;
  readonly rightStrip: boolean;
}

/**
 * The added tokens of tokenizer.json; those of tokenizer_config.json's `added_tokens_decoder` that it lacks; and
 * the tokens with a role, which are special whatever the lists say.
 */
export function readAddedTokens(file: JsonPart, config: JsonPart, vocabulary: ModelVocabulary): AddedToken[] {
  const tokens = new Map<string, AddedToken>();
  for (const entry of file.parts('added_tokens')) {
    const id = entry.number('id');
    if (!Number.isInteger(id) || id < 0) throw entry.error('id', `must be a whole number, got ${id}`);
    tokens.set(entry.string('content'), readEntry(entry, id));
  }
  const listed = config.optionalPart('added_tokens_decoder');
  for (const id of Object.keys(listed?.value ?? {})) {
    const entry = listed!.part(id);
    const content = entry.string('content');
    if (tokens.has(content)) continue;
    if (!/^\d+$/.test(id)) throw entry.error('id', 'must be a whole number');
    tokens.set(content, readEntry(entry, Number(id)));
  }
  for (const content of readRoleTokens(config)) {
    const known = tokens.get(content);
    const id = known?.id ?? vocabulary.idOf.get(content);
    if (known !== undefined) tokens.set(content, { ...known, special: true });
    else if (id !== undefined) tokens.set(content, { ...plain, id, content });
  }
  return [...tokens.values()];
}

const plain = { special: true, normalized: false, singleWord: false, leftStrip: false, rightStrip: false };

function readEntry(entry: JsonPart, id: number): AddedToken {
  const special = entry.flag('special', false);
  return {
    id,
    content: entry.string('content'),
    special,
    normalized: entry.flag('normalized', !special),
    singleWord: entry.flag('single_word', false),
    leftStrip: entry.flag('lstrip', false),
    rightStrip: entry.flag('rstrip', false),
  };
}
