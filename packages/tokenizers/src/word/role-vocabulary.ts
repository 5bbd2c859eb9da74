import { invalidParameter, type SpecialTokens } from '@nexttoken/model';

/** Tokens with a role, as word and character vocabularies name them; without one the role is not filled. */
export interface RoleNames {
  /** Stands for what the vocabulary lacks, e.g. `<unk>`; without it such a text is refused. */
  readonly unknown?: string;
  /** Fills up short texts, e.g. `<pad>`; decodes to nothing. */
  readonly pad?: string;
}

/** Names of the roles that are filled, in the order of their ids: padding first, as usual. */
export function roleNames({ pad, unknown }: RoleNames): string[] {
  return [pad, unknown].filter((name) => name !== undefined);
}

/** Ids of the roles. @throws NextTokenError `invalid-parameter` when a name is no token */
export function roleIds(
  owner: string,
  { pad, unknown }: RoleNames,
  idOf: ReadonlyMap<string, number>,
): SpecialTokens {
  const find = (role: string, name: string | undefined) => {
    if (name === undefined) return {};
    const id = idOf.get(name);
    if (id === undefined) throw invalidParameter(owner, role, name, 'one of the tokens');
    return { [role]: id };
  };
  return { ...find('pad', pad), ...find('unknown', unknown) };
}

/** Id by token. @throws NextTokenError `invalid-parameter` when tokens are no strings, empty or named twice */
export function readTokens(owner: string, tokens: unknown): ReadonlyMap<string, number> {
  if (!Array.isArray(tokens)) throw invalidParameter(owner, 'tokens', tokens, 'a list of strings');
  const idOf = new Map<string, number>();
  for (const token of tokens as unknown[]) {
    if (typeof token !== 'string' || token === '' || idOf.has(token)) {
      throw invalidParameter(owner, 'tokens', token, 'strings that are not empty, each one once');
    }
    idOf.set(token, idOf.size);
  }
  return idOf;
}

/** The part of tokenizer.json that names tokens with a role. */
export function roleTokensJson(names: readonly string[], idOf: (token: string) => number): object[] {
  return names.map((content) => ({
    id: idOf(content),
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
}
