import { transform } from 'esbuild';
import type { ReadmeBlock } from './readme-blocks';

/** `import { a, type B, c as d } from 'x'` inside a function: a dynamic import. */
function dynamicImports(code: string): string {
  return code
    .replaceAll(/^import (\w+) from (['"].*?['"]);/gm, 'const { default: $1 } = await import($2);')
    .replaceAll(/^import \* as (\w+) from (['"].*?['"]);/gm, 'const $1 = await import($2);')
    .replaceAll(
      /^import \{([^}]*)\} from (['"].*?['"]);/gm,
      (_, names: string, from: string) =>
        `const {${names.replaceAll(/(\w+) as (\w+)/g, '$1: $2')}} = await import(${from});`,
    )
    .replaceAll(/^export \{[^}]*\};?$/gm, '');
}

/** What a README takes as given before its first line of code. */
export interface Prelude {
  readonly code: string;
  /** Blocks that do not build on one another; otherwise each one sees what those before it made. */
  readonly separate?: boolean;
}

/** One program of all blocks of a file, each in a scope of its own, so that it may name things anew. */
export async function readmeProgram(prelude: Prelude, blocks: readonly ReadmeBlock[]): Promise<string> {
  let program = `${prelude.code}\n`;
  let depth = 0;
  for (const { code, notRun, number } of blocks) {
    const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
    const plain = await transform(code, { loader: 'ts', format: 'esm', target: 'es2022', tsconfigRaw });
    if (notRun !== undefined) continue;
    program += `{ globalThis.block = ${number};\n${dynamicImports(plain.code)}\n`;
    if (prelude.separate) program += '}\n';
    else depth++;
  }
  return `${program}${'}'.repeat(depth)}\nconsole.log('\\nall blocks ran');\nprocess.exit(0);\n`;
}
