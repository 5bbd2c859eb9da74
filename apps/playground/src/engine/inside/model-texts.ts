import { NextTokenError } from '@nexttoken/model';
import type { NamedFile } from './named-file';

type Json = Readonly<Record<string, unknown>>;

/** The small files of a model. */
export interface ModelTexts {
  json(name: string): Json | undefined;
  text(name: string): string | undefined;
  /** @throws NextTokenError `file-not-found` */
  required(name: string, why: string): Json;
}

/** Reads the small files among those of a model. @throws NextTokenError `invalid-file` for one that is no JSON */
export async function readModelTexts(files: readonly NamedFile[]): Promise<ModelTexts> {
  const small = files.filter(({ name }) => /\.(json|jinja)$/i.test(name));
  const texts = new Map(
    await Promise.all(small.map(async ({ name, content }) => [name, await content.text()] as const)),
  );
  function json(name: string): Json | undefined {
    const text = texts.get(name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Json;
    } catch (cause) {
      throw new NextTokenError('invalid-file', `${name} is no JSON`, { path: name }, { cause });
    }
  }
  return {
    json,
    text: (name) => texts.get(name),
    required(name, why) {
      const value = json(name);
      if (value) return value;
      throw new NextTokenError('file-not-found', `${name} is missing: ${why}`, { path: name });
    },
  };
}
