import { actionButton } from '../dom/action-button';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import { errorText } from './error-text';

export interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

let shown: { readonly error: unknown; readonly label: string | undefined } | undefined;
let way: NoticeAction | undefined;

/**
 * Shows an error where it happened, with its code and one button that helps; `undefined` takes it away. It is drawn anew
 * only when it is another one: it would be read out again, and its button would lose the focus.
 */
export function showNotice(error: unknown, action?: NoticeAction): void {
  way = action;
  const label = action?.label;
  if (shown && shown.error === error && shown.label === label) return;
  shown = { error, label };
  const notice = byId('notice');
  notice.hidden = error === undefined;
  notice.replaceChildren();
  if (error === undefined) return;
  const { code, message } = errorText(error);
  notice.append(element('p', { role: 'alert' }, element('code', {}, code), ` ${message}`));
  if (label !== undefined) notice.append(actionButton(label, () => way?.act()));
}
