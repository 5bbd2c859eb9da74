import type { ConstraintSettings } from '../engine/constraint/constraint-settings';

const options = '{ tokenizer, endTokenIds: generationConfig.endTokenIds }';

/** What a text has to keep to, as a call of a factory of `@nexttoken/grammar`. */
export function constraintCode({ kind, text }: ConstraintSettings): {
  readonly factory: string;
  readonly call: string;
} {
  switch (kind) {
    case 'json-schema':
      return { factory: 'jsonSchema', call: `jsonSchema(${JSON.stringify(JSON.parse(text))}, ${options})` };
    case 'regex':
      return { factory: 'regex', call: `regex(${JSON.stringify(text)}, ${options})` };
    case 'choice': {
      const texts = text.split('\n').filter(Boolean);
      return { factory: 'choice', call: `choice(${JSON.stringify(texts)}, ${options})` };
    }
    case 'grammar':
      return { factory: 'grammar', call: `grammar(${JSON.stringify(text)}, ${options})` };
  }
}
