import { actionButton } from '../dom/action-button';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import { errorText } from './error-text';

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
  const { code, message } = errorText(error);
  notice.replaceChildren(element('p', { role: 'alert' }, element('code', {}, code), ` ${message}`));
  if (action) notice.append(actionButton(action.label, action.act));
}
