import { checkOptionNames, type LogitsProcessor, type Sampler } from '@nexttoken/model';
import type { Registration } from './registration';

// biome-ignore lint/suspicious/noExplicitAny: every factory checks what it is given
type Factory<Stage> = (...values: any[]) => Stage;

// biome-ignore lint/suspicious/noExplicitAny: a state is its owner's affair
type AnyStage = LogitsProcessor<any> | Sampler<any>;

/** A factory whose first arguments are the parameters of these names, and whose last takes all others. */
export function withOptions<Stage extends AnyStage>(
  type: string,
  make: Factory<Stage>,
  ...names: readonly string[]
): Registration<Stage> {
  return {
    type,
    fromData(parameters) {
      const options = Object.entries(parameters).filter(([name]) => !names.includes(name));
      return make(...names.map((name) => parameters[name]), Object.fromEntries(options));
    },
  };
}

/** A factory whose arguments are exactly the parameters of these names. */
export function withoutOptions<Stage extends AnyStage>(
  type: string,
  make: Factory<Stage>,
  ...names: readonly string[]
): Registration<Stage> {
  return {
    type,
    fromData(parameters) {
      checkOptionNames(type, parameters, names);
      return make(...names.map((name) => parameters[name]));
    },
  };
}
