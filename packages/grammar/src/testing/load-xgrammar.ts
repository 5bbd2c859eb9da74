import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Tokenizer } from '@nexttoken/model';

/** A vector of the library's, seen from here. */
interface Vector {
  delete(): void;
}

interface Matcher {
  AcceptToken(id: number, verbose: boolean): boolean;
  GetNextTokenBitmask(vocabSize: number): Vector;
  delete(): void;
}

/** The part of XGrammar's WebAssembly that tests and benchmarks compare with. */
interface Binding {
  vecStringFromJSArray(list: readonly Uint8Array[]): Vector;
  vecIntFromJSArray(list: readonly number[]): Vector;
  vecIntToView(vector: Vector): Int32Array;
  TokenizerInfo: new (tokens: Vector, type: string, size: number, ends: Vector, addsSpace: boolean) => object;
  GrammarCompiler: new (
    info: object,
    threads: number,
    cache: boolean,
  ) => { CompileGrammar(grammar: object): object; CompileBuiltinJSONGrammar(): object };
  Grammar: { FromEBNF(text: string, root: string): object };
  GrammarMatcher: new (compiled: object, ends: undefined, withoutEnd: boolean, rollback: number) => Matcher;
}

/** A grammar in XGrammar, over a tokenizer's vocabulary. */
export interface XGrammarPeer {
  /** Milliseconds to read the vocabulary. */
  readonly readTime: number;
  compile(ebnf: string): { readonly compileTime: number; createMatcher(): XGrammarMatcher };
}

interface XGrammarMatcher {
  mask(): Int32Array;
  accept(id: number): boolean;
  dispose(): void;
}

/**
 * XGrammar 0.1.27's package is a script that says it is a module: Node can import it as neither. Its glue is cut out of
 * it and runs as a module that knows no Node.
 */
async function loadBinding(): Promise<Binding> {
  const path = createRequire(import.meta.url).resolve('@mlc-ai/web-xgrammar');
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf('  var Module = (() => {');
  const end = text.indexOf('\n  })();', start) + '\n  })();'.length;
  const glue = text
    .slice(start, end)
    .replace(/var _scriptDir = [^\n]*;\n/, "var _scriptDir = '';\n")
    .replace(/ENVIRONMENT_IS_NODE=typeof process[^;]*;/, 'ENVIRONMENT_IS_NODE=false;');
  const url = `data:text/javascript;base64,${Buffer.from(`${glue}\nexport default Module;`).toString('base64')}`;
  const { default: create } = (await import(/* @vite-ignore */ url)) as {
    default(module: object): Promise<Binding>;
  };
  return create({ print: () => undefined, printErr: () => undefined });
}

/** XGrammar over a tokenizer; it has one end token. */
export async function loadXGrammar(tokenizer: Tokenizer, endTokenId: number): Promise<XGrammarPeer> {
  const binding = await loadBinding();
  const begin = performance.now();
  const tokens = Array.from({ length: tokenizer.vocabSize }, (_, id) =>
    tokenizer.isSpecial(id) ? new Uint8Array(0) : (tokenizer.bytesOf(id) ?? new Uint8Array(0)),
  );
  const list = binding.vecStringFromJSArray(tokens);
  const ends = binding.vecIntFromJSArray([endTokenId]);
  const info = new binding.TokenizerInfo(list, 'RAW', tokenizer.vocabSize, ends, false);
  const compiler = new binding.GrammarCompiler(info, 1, false);
  const readTime = performance.now() - begin;
  return {
    readTime,
    compile(ebnf) {
      const from = performance.now();
      const compiled = compiler.CompileGrammar(binding.Grammar.FromEBNF(ebnf, 'root'));
      return {
        compileTime: performance.now() - from,
        createMatcher() {
          const matcher = new binding.GrammarMatcher(compiled, undefined, false, -1);
          return {
            mask() {
              const vector = matcher.GetNextTokenBitmask(tokenizer.vocabSize);
              const bits = binding.vecIntToView(vector).slice();
              vector.delete();
              return bits;
            },
            accept: (id) => matcher.AcceptToken(id, false),
            dispose: () => matcher.delete(),
          };
        },
      };
    },
  };
}
