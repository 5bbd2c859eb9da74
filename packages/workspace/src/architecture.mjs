import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { argv, exit } from 'node:process';
import { root } from './spawn.mjs';

/** Which package may depend on which (`@nexttoken/` left out). The private decoder is inlined into its two users. */
const arrows = {
  model: [],
  numeric: ['model'],
  tokenizers: ['model'],
  sampling: ['model', 'numeric'],
  generate: ['model', 'numeric', 'sampling'],
  ngram: ['model', 'numeric'],
  grammar: ['model', 'numeric'],
  checkpoint: ['model'],
  hub: ['model'],
  'onnx-export': ['model', 'checkpoint'],
  'onnx-decoder': ['model'],
  'backend-onnx-node': ['model', 'onnx-decoder'],
  'backend-onnx-web': ['model', 'onnx-decoder'],
  'backend-testkit': ['model', 'numeric'],
  // A template is copied, not depended on.
  'create-backend': ['model'],
  inspector: ['model', 'numeric', 'sampling', 'generate'],
  'inspector-elements': ['model', 'numeric', 'sampling', 'inspector'],
  load: [
    'model',
    'tokenizers',
    'checkpoint',
    'hub',
    'onnx-export',
    'tiny-models',
    'backend-onnx-node',
    'backend-onnx-web',
  ],
  serve: ['model', 'numeric', 'sampling', 'generate', 'grammar'],
  'backend-openai': ['model'],
  'ai-sdk': ['model', 'sampling', 'generate', 'grammar'],
  'tiny-models': [],
  goldens: [],
  workspace: [],
};
/** What tests, benches and build settings of a package may use beside its arrows and the tools of `workspace`. */
const forTests = {
  grammar: ['goldens', 'generate', 'load', 'sampling', 'tokenizers'],
  ngram: ['goldens', 'hub', 'backend-testkit', 'generate', 'inspector', 'sampling', 'tokenizers'],
  'backend-onnx-node': [
    'goldens',
    'backend-testkit',
    'checkpoint',
    'onnx-export',
    'tokenizers',
    'sampling',
    'generate',
    'load',
  ],
  'create-backend': ['model', 'backend-testkit'],
  load: ['goldens', 'generate', 'inspector', 'sampling', 'numeric'],
  'backend-openai': ['goldens', 'backend-testkit', 'generate', 'load', 'sampling', 'serve'],
  // A browser to run pages in.
  'inspector-elements': ['backend-onnx-web', 'generate', 'load', 'tokenizers', 'checkpoint'],
  hub: ['backend-onnx-web'],
  'backend-onnx-web': ['goldens', 'backend-testkit', 'checkpoint', 'onnx-export'],
};

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', '.turbo', 'coverage'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.(ts|tsx|mts|mjs)$/.test(entry.name) ? [path] : [];
  });
}

function imports(file) {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*['"]((?:@nexttoken\/[\w-]+|\.\.?\/)[^'"]*)['"]/g);
  return [...found].map((match) => match[1]);
}

/** The arrows' cycles, as a list of paths; none is the only legal number. */
function cycles() {
  const visit = (name, path) =>
    path.includes(name)
      ? [[...path.slice(path.indexOf(name)), name]]
      : (arrows[name] ?? []).flatMap((next) => visit(next, [...path, name]));
  return Object.keys(arrows).flatMap((name) => visit(name, []));
}

/** Doors of a package that its tarball has too. */
function publicDoors(name) {
  const { exports = {} } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  return Object.entries(exports)
    .filter(([, target]) => Object.keys(target).some((condition) => condition !== '@nexttoken/source'))
    .map(([door]) => door);
}

/** Apps hold layout and state: they enter packages by public doors, and compute no metric of their own. */
function appProblems() {
  return readdirSync(join(root, 'apps')).flatMap((app) =>
    files(join(root, 'apps', app)).flatMap((file) => {
      const where = relative(root, file);
      if (/\.test\.ts$|[\\/]testing[\\/]|consumer-check|\.config\.ts$/.test(where)) return [];
      const found = imports(file).flatMap((target) => {
        const [, name, rest] = /^@nexttoken\/([\w-]+)(.*)$/.exec(target) ?? [];
        if (/^(\.\.\/)+packages\//.test(target)) return [`${where}: reaches into ${target} past its package`];
        if (name === undefined || publicDoors(name).includes(`.${rest}`)) return [];
        return [`${where}: ${target} is no public door of ${name}`];
      });
      const computes = app !== 'recipes' && /\bMath\.(exp|log|log2)\(/.test(readFileSync(file, 'utf8'));
      return computes
        ? [...found, `${where}: computes with exp or log: a metric belongs into a package (inspector)`]
        : found;
    }),
  );
}

/** Checks the arrows between packages in manifests and sources. @returns 0 when all are legal, else 1 */
export function checkArchitecture() {
  const problems = cycles().map((path) => `cycle: ${path.join(' → ')}`);
  for (const name of readdirSync(join(root, 'packages'))) {
    const allowed = arrows[name];
    if (!allowed) {
      problems.push(`packages/${name} has no place in the architecture: add its arrows`);
      continue;
    }
    for (const file of files(join(root, 'packages', name))) {
      const where = relative(root, file);
      const test = /\.test\.ts$|[\\/](testing|bench|testdata)[\\/]|tsup\.config\.ts$/.test(where);
      for (const target of imports(file)) {
        const scoped = /^@nexttoken\/([\w-]+)/.exec(target)?.[1];
        const legal =
          scoped === undefined ||
          scoped === name ||
          allowed.includes(scoped) ||
          (test && ['workspace', ...(forTests[name] ?? allowedInTests)].includes(scoped));
        if (!legal) problems.push(`${where}: imports @nexttoken/${scoped}, which ${name} must not use`);
        const outside = relative(join(root, 'packages', name), join(dirname(file), target)).startsWith('..');
        if (scoped === undefined && outside)
          problems.push(`${where}: reaches into ${target} past its package`);
      }
    }
  }
  problems.push(...appProblems());
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length
      ? `${problems.length} illegal arrows`
      : `${Object.keys(arrows).length} packages, every arrow legal`,
  );
  return problems.length ? 1 : 0;
}

/** Tests may use the packages that real models and texts come from. */
const allowedInTests = [
  'goldens',
  'tokenizers',
  'checkpoint',
  'numeric',
  'sampling',
  'tiny-models',
  'backend-testkit',
  'load',
];

if (argv[1]?.endsWith('architecture.mjs')) exit(checkArchitecture());
