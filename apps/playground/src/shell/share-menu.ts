import type { Playground } from '../app/playground';
import { actionButton } from '../dom/action-button';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import { connectMenu } from '../dom/open-menu';
import { asCode, asCommand, type CopiedRun } from '../share/copy-as';
import { saveFile, toCsv } from '../share/save-file';
import { tokensOf } from '../tree/token-tree';
import type { ViewBand } from './view-band';

export interface ShareParts {
  readonly playground: Playground;
  readonly band: ViewBand;
  readonly report: (error: unknown) => void;
  readonly link: () => Promise<string>;
  /** Shows the text of a trace that was verified. */
  readonly openTrace: (file: File) => Promise<void>;
}

/** How long a menu says that something was copied. */
const thanks = 1500;

/** The menu that hands over what is shown: a link, files, a command, code; and opens traces. */
export function connectShare({ playground, band, report, link, openTrace }: ShareParts): void {
  const menu = byId('share');

  const copied = (): CopiedRun => ({
    model: playground.model?.name ?? '',
    prompt: playground.node.prompt.text,
    settings: playground.settings,
    maxNewTokens: Math.max(1, playground.node.length || 64),
  });

  /** A line of the menu; what goes wrong is told on the page. */
  function line(label: string, act: () => Promise<string | undefined> | string | undefined, isReady = true) {
    const button = actionButton(label, () => {
      Promise.resolve()
        .then(act)
        .then((words) => {
          if (words === undefined) {
            menu.hidePopover();
            return;
          }
          button.textContent = words;
          setTimeout(() => {
            button.textContent = label;
          }, thanks);
        })
        .catch((error: unknown) => {
          menu.hidePopover();
          report(error);
        });
    });
    button.disabled = !isReady;
    return button;
  }

  const copy = (text: () => string | Promise<string>) => async () => {
    await navigator.clipboard.writeText(await text());
    return 'copied';
  };

  async function saveTrace(): Promise<undefined> {
    const { node, engine, settings } = playground;
    const request = { ...playground.at(node.length), settings, prompt: node.prompt.text };
    saveFile('run.nttrace', await engine.call('trace', request));
    return undefined;
  }

  function saveChart(): undefined {
    const chart = band.current?.svg?.();
    if (chart) saveFile(`${band.name}.svg`, new Blob([chart], { type: 'image/svg+xml' }));
    return undefined;
  }

  function tokenLines(): (string | number)[][] {
    const head = [
      'step',
      'id',
      'token',
      'text',
      'logit',
      'probability',
      'rank',
      'entropy bits',
      'share',
      'draw',
      'by',
    ];
    const lines = tokensOf(playground.node).map((token, step) => [
      step + 1,
      token.id,
      token.token,
      token.piece,
      token.logit,
      token.probability,
      token.rank,
      token.entropy,
      token.share ?? '',
      token.draw ?? '',
      token.by,
    ]);
    return [head, ...lines];
  }

  const traceInput = element('input', {
    type: 'file',
    class: 'unseen',
    id: 'open-trace',
    accept: '.nttrace',
  });
  traceInput.addEventListener('change', () => {
    const file = traceInput.files?.[0];
    traceInput.value = '';
    menu.hidePopover();
    if (file) openTrace(file).catch(report);
  });

  connectMenu(byId('share-open'), menu, () => {
    const { model, node } = playground;
    const isLive = model !== undefined;
    const hasSteps = isLive && node.length > 0;
    const view = band.current;
    const table = view?.table?.();
    menu.replaceChildren(
      element('h2', {}, 'Share'),
      line('Copy link', copy(link), isLive),
      line(
        'Copy as command',
        copy(() => asCommand(copied())),
        isLive,
      ),
      line(
        'Copy as code',
        copy(() => asCode(copied())),
        isLive,
      ),
      element('hr'),
      element('h2', {}, 'Save'),
      line('Trace of this text', saveTrace, hasSteps),
      line(
        'Table as CSV',
        () => void (table && saveFile(`${band.name}.csv`, toCsv(table))),
        table !== undefined,
      ),
      line('Tokens as CSV', () => void saveFile('tokens.csv', toCsv(tokenLines())), hasSteps),
      line('Chart as SVG', saveChart, view?.svg?.() !== undefined),
      element('hr'),
      element('label', { class: 'file-label', for: 'open-trace' }, 'Verify a trace…'),
      traceInput,
    );
  });
}
