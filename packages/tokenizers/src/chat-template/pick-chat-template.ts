import { NextTokenError } from '@nexttoken/model';
import { readJson } from '../tokenizer-json/read-json';
import { readRoleToken } from '../tokenizer-json/role-tokens';
import { chatTemplateError } from './chat-template-error';

/** What a model's folder may hold about its chat template. */
export interface ChatTemplateFiles {
  /** The parsed tokenizer_config.json. */
  readonly tokenizerConfig?: unknown;
  /** The text of chat_template.jinja; it comes before the config's template. */
  readonly chatTemplateJinja?: string | undefined;
}

/** A template's source with the special tokens that belong to it, ready for `chatTemplate`. */
export interface PickedChatTemplate {
  readonly source: string;
  /** `bos_token`, `eos_token`, … by their text, as far as the config names them. */
  readonly variables: Readonly<Record<string, string>>;
}

const roles = ['bos_token', 'eos_token', 'unk_token', 'pad_token', 'sep_token', 'cls_token', 'mask_token'];

/**
 * Picks the chat template out of a folder's files.
 *
 * @param name which of several named templates, e.g. `tool_use`; default `default`
 * @throws NextTokenError `chat-template` when there is none, or none of that name; `invalid-config` when
 *   `chat_template` is neither a string nor a list of `{ name, template }`
 */
export function pickChatTemplate(files: ChatTemplateFiles, name = 'default'): PickedChatTemplate {
  const config = readJson(files.tokenizerConfig ?? {}, 'tokenizer_config.json', 'invalid-config');
  const named = roles.map((role) => [role, readRoleToken(config, role)] as const);
  const variables = Object.fromEntries(named.filter(([, token]) => token !== undefined)) as Record<
    string,
    string
  >;
  const templates = readTemplates(files, config.value.chat_template);
  const source = templates.get(name);
  if (source === undefined) {
    const names = [...templates.keys()];
    throw chatTemplateError(
      names.length === 0
        ? 'there is no chat template: neither chat_template.jinja nor chat_template in tokenizer_config.json'
        : `there is no chat template named ${JSON.stringify(name)}, only ${names.join(', ')}`,
    );
  }
  return { source, variables };
}

function readTemplates(files: ChatTemplateFiles, inConfig: unknown): Map<string, string> {
  const templates = new Map<string, string>();
  if (typeof inConfig === 'string') templates.set('default', inConfig);
  else if (Array.isArray(inConfig)) {
    inConfig.forEach((entry: unknown, index) => {
      const field = `chat_template[${index}]`;
      const part = readJson(entry, 'tokenizer_config.json', 'invalid-config', field);
      templates.set(part.string('name'), part.string('template'));
    });
  } else if (inConfig !== undefined && inConfig !== null) {
    const details = { path: 'tokenizer_config.json', field: 'chat_template' };
    const message = 'tokenizer_config.json: chat_template must be a string or a list of { name, template }';
    throw new NextTokenError('invalid-config', message, details);
  }
  if (files.chatTemplateJinja !== undefined) templates.set('default', files.chatTemplateJinja);
  return templates;
}
