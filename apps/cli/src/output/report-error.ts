import { NextTokenError } from '@nexttoken/model';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import type { Terminal } from '../terminal/terminal';

/** Prints an error: `{error: {code, message, …}}` on standard output with `--json`, else a line on standard error. */
export function reportError(error: unknown, json: boolean, terminal: Terminal): void {
  const { code, message, ...details } = describe(error);
  if (json) {
    terminal.print(`${safeJson({ error: { code, message, ...details } })}\n`);
    return;
  }
  const { bold, failure, dim } = terminal.noteStyle;
  const text = escapeControls(message).replace(/^nexttoken: /, '');
  terminal.note(`${bold(failure('nexttoken:'))} ${text} ${dim(`[${code}]`)}\n`);
}

/** Errors of the project as they are; an abort and anything unforeseen get codes of their own. */
function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (NextTokenError.isInstance(error)) return error.toJSON();
  const message = error instanceof Error ? error.message : String(error);
  return { code: error instanceof Error && error.name === 'AbortError' ? 'aborted' : 'unexpected', message };
}
