import { checkOptionNames, invalidParameter, NextTokenError } from '@nexttoken/model';
import { configReader } from '../architectures/config-reader';
import type { TensorInfo } from '../checkpoint/tensor-info';
import { readQuantization } from '../quantized/quantization';
import { buildModule } from './build-modules';
import { configDtype } from './config-dtype';
import { knownFamilies } from './families/known-families';
import type { ModelFamily } from './families/model-family';
import type { ModuleTree, PrintedBy } from './module-node';
import { placeTensors } from './place-tensors';

/** What a module tree is made of. */
export interface ModuleTreeParts {
  /** config.json, parsed (of a GGUF file: what `huggingFaceConfig` makes of its architecture). */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its path, for errors; default `config.json`. */
  readonly configName?: string;
  /** The stored tensors by their Hugging Face names, e.g. `checkpoint.tensors`; absent: the config alone. */
  readonly tensors?: ReadonlyMap<string, TensorInfo>;
}

export interface ModuleTreeOptions {
  /** Whose names and classes are followed; default `transformers-5`. */
  readonly printedBy?: PrintedBy;
}

const versions: readonly PrintedBy[] = ['transformers-5', 'transformers-4.57', 'transformers-4.38'];

/**
 * The modules of a model as PyTorch knows them: names, classes, shapes, dtypes, parameters, bytes, tied weights;
 * modules without parameters (dropout, activation, rotary embedding) too. From config and header alone: no weight is
 * read. What the config leaves out has transformers' defaults.
 *
 * Cost: O(modules), about a millisecond for a model of 7 billion parameters.
 * @throws NextTokenError `unknown-architecture`; `invalid-config`; `unsupported-option` for an activation or a
 * quantization that is not known, and for a family that the version asked for did not have; `tensor-shape` for a tensor
 * that holds another number of values than its module; `invalid-parameter`
 */
export function moduleTree(parts: ModuleTreeParts, options: ModuleTreeOptions = {}): ModuleTree {
  checkOptionNames('moduleTree', options, ['printedBy']);
  const { config, configName = 'config.json', tensors } = parts;
  const { printedBy = 'transformers-5' } = options;
  if (!versions.includes(printedBy)) {
    throw invalidParameter('moduleTree', 'printedBy', printedBy, versions.join(', '));
  }
  const reader = configReader(config, configName);
  const family = familyOf(reader.value('model_type'), configName);
  if (!family.isOld && printedBy === 'transformers-4.38') {
    const message = `${configName}: transformers 4.38 has no ${family.modelTypes[0]}`;
    throw new NextTokenError('unsupported-option', message, {
      path: configName,
      option: 'printedBy',
      value: printedBy,
    });
  }
  const spec = family.spec(reader, printedBy, (field) => Object.hasOwn(config, field));
  const quantization = readQuantization(reader);
  const placed = placeTensors(spec, {
    tensors,
    path: configName,
    otherwise: quantization ? undefined : configDtype(config),
    unquantized: unquantizedModules(config),
  });
  const root = buildModule(spec.model, '', '', { quantization, ...placed });
  return { root, printedBy, missing: placed.missing(), surplus: placed.surplus() };
}

function familyOf(found: unknown, path: string): ModelFamily {
  const family = knownFamilies.find(({ modelTypes }) => modelTypes.some((name) => name === found));
  if (family) return family;
  const known = knownFamilies.flatMap(({ modelTypes }) => modelTypes);
  const architecture = typeof found === 'string' ? found.slice(0, 200) : null;
  const message = `${path}: the modules of ${architecture ?? 'no model_type'} are not known; known are ${known.join(', ')}`;
  throw new NextTokenError('unknown-architecture', message, { path, architecture, known });
}

/** Modules that a quantized folder's config names as not quantized. */
function unquantizedModules(config: Readonly<Record<string, unknown>>): readonly string[] {
  const quantization = Object(config.quantization_config) as Record<string, unknown>;
  const listed: unknown = quantization.modules_to_not_convert ?? [];
  return Array.isArray(listed) ? listed.filter((name) => typeof name === 'string') : [];
}
