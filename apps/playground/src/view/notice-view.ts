import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';

/** What visitors can do about it, where the message speaks to programmers. */
const plainWords: Partial<Record<NextTokenErrorCode, string>> = {
  'empty-prompt': 'There is nothing to continue from: type a beginning.',
};

export interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

/** Shows an error where it happened, with its code and one button that helps; `undefined` takes it away. */
export function showNotice(error: unknown, action?: NoticeAction): void {
  const notice = byId('notice');
  notice.hidden = error === undefined;
  if (error === undefined) {
    notice.replaceChildren();
    return;
  }
  const code = NextTokenError.isInstance(error) ? error.code : error instanceof Error ? error.name : 'error';
  const plain = NextTokenError.isInstance(error) ? plainWords[error.code] : undefined;
  const message = plain ?? (error instanceof Error ? error.message : String(error));
  notice.replaceChildren(element('p', { role: 'alert' }, element('code', {}, code), ` ${message}`));
  if (!action) return;
  const button = element('button', { type: 'button' }, action.label);
  button.addEventListener('click', action.act);
  notice.append(button);
}
