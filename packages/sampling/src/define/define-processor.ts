import {
  checkOptionNames,
  invalidParameter,
  type LogitsProcessor,
  type ProcessorContext,
  type ProcessorRequirements,
} from '@nexttoken/model';
import type { ProcessorRegistration } from '../data/registration';

/** What a processor of your own is. `Parameters` is what its factory takes; `State` what it remembers. */
export interface ProcessorDefinition<Parameters extends object, State> {
  /** Its name in data and traces, e.g. `banVowels`. */
  readonly type: string;
  /** Checks what the factory was given and fills in defaults. Default: as given. */
  readonly parameters?: (given: Parameters) => Parameters;
  readonly requires?: ProcessorRequirements;
  /** The state of a new row. */
  readonly initialState?: (parameters: Parameters) => State;
  /** The state after `id` was chosen; must not change `state`. */
  readonly accept?: (state: State, id: number, parameters: Parameters) => State;
  /** Edits the row in place; a removed token is -Infinity. */
  readonly process: (
    scores: Float32Array,
    context: ProcessorContext,
    parameters: Parameters,
    state: State,
  ) => void;
  /** The parameters as plain data, where they hold something else. */
  readonly toData?: (parameters: Parameters) => Readonly<Record<string, unknown>>;
  /** The inverse of `toData`. */
  readonly fromData?: (data: Readonly<Record<string, unknown>>) => Parameters;
}

/** The factory of a processor of your own; at the same time its registration for `toData` and `fromData`. */
export interface DefinedProcessor<Parameters extends object, State> extends ProcessorRegistration {
  (
    ...given: Record<never, never> extends Parameters ? [parameters?: Parameters] : [parameters: Parameters]
  ): LogitsProcessor<State>;
  readonly type: string;
}

const functionNames = ['parameters', 'initialState', 'accept', 'process', 'toData', 'fromData'] as const;

function checkDefinition(
  definition: { readonly [Name in keyof ProcessorDefinition<object, unknown>]?: unknown },
): void {
  checkOptionNames('defineProcessor', definition, ['type', 'requires', ...functionNames]);
  const { type, requires = {} } = definition;
  if (typeof type !== 'string' || !/^[a-z][\w.-]*$/i.test(type)) {
    throw invalidParameter('defineProcessor', 'type', type, 'a name of letters, digits, "_", "-" and "."');
  }
  for (const name of functionNames) {
    const given = definition[name];
    if (typeof given !== 'function' && (given !== undefined || name === 'process')) {
      throw invalidParameter('defineProcessor', name, given, 'a function');
    }
  }
  checkOptionNames('defineProcessor: requires', requires as object, ['siblings', 'guidance', 'random']);
  if (definition.accept !== undefined && definition.initialState === undefined) {
    throw invalidParameter('defineProcessor', 'initialState', undefined, 'given together with accept');
  }
}

/**
 * A processor of your own: a checked definition becomes a factory like the built-in ones. What it makes runs
 * in chains, prints as data and is traced by its type; the factory itself is the registration that
 * `fromData(data, { processors: [factory] })` takes.
 *
 * @param definition `type` and `process`, and what the processor needs of the rest
 * @throws NextTokenError `unsupported-option` for an unknown name in the definition; `invalid-parameter` for
 *   an illegal one. The factory throws what `parameters` does, and `invalid-parameter` for no object
 */
export function defineProcessor<Parameters extends object = Record<never, never>, State = undefined>(
  definition: ProcessorDefinition<Parameters, State>,
): DefinedProcessor<Parameters, State> {
  checkDefinition(definition);
  const { type, requires, initialState, accept, process, toData, fromData } = definition;
  const make = (given: Parameters = {} as Parameters): LogitsProcessor<State> => {
    if (typeof given !== 'object' || given === null)
      throw invalidParameter(type, 'parameters', given, 'an object');
    const parameters = Object.freeze({ ...(definition.parameters?.(given) ?? given) });
    return {
      kind: 'processor',
      type,
      parameters: parameters as Readonly<Record<string, unknown>>,
      ...(requires === undefined ? {} : { requires: { ...requires } }),
      ...(initialState === undefined ? {} : { initialState: () => initialState(parameters) }),
      ...(accept === undefined ? {} : { accept: (state, id) => accept(state, id, parameters) }),
      process: (scores, context, state) => process(scores, context, parameters, state),
    };
  };
  const registration: ProcessorRegistration = {
    type,
    fromData: (data) => make((fromData === undefined ? data : fromData(data)) as Parameters),
    ...(toData === undefined ? {} : { toData: (parameters) => toData(parameters as Parameters) }),
  };
  return Object.assign(make, registration) as unknown as DefinedProcessor<Parameters, State>;
}
