import { readFileSync } from 'node:fs';

/** The HTML blocks of the README, as printed there. */
export function readmeSnippets(): readonly string[] {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  return [...text.matchAll(/```html\n([\s\S]*?)```/g)].map(([, code]) => code!);
}
