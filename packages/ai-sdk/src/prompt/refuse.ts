import { NextTokenError } from '@nexttoken/model';

/** The error for what a model here cannot honour. @param option what of the AI SDK's call it is */
export function refuse(
  option: string,
  reason: string,
  details: Readonly<Record<string, unknown>> = {},
): NextTokenError {
  return new NextTokenError('unsupported-option', `ai-sdk: ${option}: ${reason}`, {
    owner: 'ai-sdk',
    option,
    ...details,
  });
}
