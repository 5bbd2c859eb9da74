import type { SpecialTokens } from '@nexttoken/model';
import type { JsonPart } from './read-json';

const roles = [
  'bos_token',
  'eos_token',
  'unk_token',
  'pad_token',
  'sep_token',
  'cls_token',
  'mask_token',
] as const;

/** The name of a token with a role: a string, or an object with `content`. */
export function readRoleToken(config: JsonPart, role: string): string | undefined {
  const value = config.value[role];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : config.part(role).string('content');
}

/** Names of all tokens with a role, `additional_special_tokens` included. */
export function readRoleTokens(config: JsonPart): string[] {
  const named = roles.map((role) => readRoleToken(config, role));
  const additional = config.value.additional_special_tokens ?? [];
  if (!Array.isArray(additional)) throw config.error('additional_special_tokens', 'must be a list');
  const further = additional.map((item: unknown, index) =>
    typeof item === 'string' ? item : config.parts('additional_special_tokens')[index]!.string('content'),
  );
  return [...named, ...further].filter((name) => name !== undefined && name !== '') as string[];
}

/**
 * Ids of the tokens with a role. A name that the vocabulary lacks has no id.
 * @param unknownToken the model's own `unk_token`, for files without a config
 */
export function specialTokenIds(
  config: JsonPart,
  idOf: (token: string) => number | undefined,
  unknownToken: string | undefined,
): SpecialTokens {
  const idOfRole = (role: string, otherwise?: string) => {
    const name = readRoleToken(config, role) ?? otherwise;
    return name === undefined ? undefined : idOf(name);
  };
  const entries = Object.entries({
    bos: idOfRole('bos_token'),
    eos: idOfRole('eos_token'),
    pad: idOfRole('pad_token'),
    unknown: idOfRole('unk_token', unknownToken),
  });
  return Object.fromEntries(entries.filter(([, id]) => id !== undefined));
}
