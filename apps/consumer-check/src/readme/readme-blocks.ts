import { readFileSync } from 'node:fs';

export interface ReadmeBlock {
  /** 1 for the first block of a file. */
  readonly number: number;
  readonly code: string;
  /** Why the block cannot run here, from `<!-- not run: … -->` above it. */
  readonly notRun: string | undefined;
}

const pattern =
  /(?:<!-- not run: ([^>]*?) -->\n\s*)?^([ \t]*)```(?:js|ts|javascript|typescript)\n([\s\S]*?)^\2```/gm;

/** The blocks of JavaScript and TypeScript in a Markdown file, in their order. */
export function readmeBlocks(file: string): ReadmeBlock[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(pattern)].map(([, notRun, indent, code], index) => ({
    number: index + 1,
    code: code!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    notRun,
  }));
}
