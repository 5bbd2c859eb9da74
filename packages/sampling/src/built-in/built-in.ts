import type { LogitsProcessor } from '@nexttoken/model';

/** What a factory of this package notes on the function that it makes. */
interface BuiltInProcess {
  parameters?: LogitsProcessor['parameters'];
}

/** Notes that the parameters say fully what `process` does. */
export function builtIn(processor: LogitsProcessor): LogitsProcessor {
  (processor.process as BuiltInProcess).parameters = processor.parameters;
  return processor;
}

/** Whether the processor does what its factory here made it to do; false for somebody else's under the same type. */
export const isBuiltIn = ({ process, parameters }: LogitsProcessor): boolean =>
  parameters !== undefined && (process as BuiltInProcess).parameters === parameters;
