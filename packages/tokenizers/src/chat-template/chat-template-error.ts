import { NextTokenError } from '@nexttoken/model';

/** @param reason the template's own words, where it has any */
export function chatTemplateError(message: string, reason = message, cause?: unknown): NextTokenError {
  return new NextTokenError('chat-template', message, { reason }, cause === undefined ? {} : { cause });
}
