import { initialSettings } from '@nexttoken/inspector-elements/sampling-settings';
import { byId } from '../dom/by-id';
import { startEngine } from '../engine/start-engine';
import { HubServer } from '../models/hub-server';
import { Library } from '../models/library';
import { keepPage } from '../offline/keep-page';
import { firstView } from '../recorded/first-view';
import { fillHelp } from '../shell/help';
import { connectShare } from '../shell/share-menu';
import { connectTheme } from '../shell/theme';
import { ViewBand } from '../shell/view-band';
import { createActionsView } from '../view/actions-view';
import { createBranchesView } from '../view/branches-view';
import { endPromptByKeys } from '../view/end-prompt';
import { createModelsView } from '../view/models-view';
import { type NoticeAction, showNotice } from '../view/notice-view';
import { createPromptView } from '../view/prompt-view';
import { drawStatus } from '../view/status-view';
import { createTextView } from '../view/text-view';
import type { ViewName } from '../views/view';
import { frames } from './frames';
import { modelOpener } from './model-opener';
import { pageAddress } from './page-address';
import { connectKeys } from './page-keys';
import { Playground } from './playground';

/** Puts the page together: state, views, keys, address. Then opens what the address asks for. */
export function startPage(): void {
  const draw = frames(
    () => drawAll(),
    () => playground.generating,
  );
  const playground: Playground = new Playground(startEngine(), initialSettings, firstView.prompt, draw);
  playground.row = { node: playground.node, position: 0, shaped: firstView.shaped };
  let problem: unknown;
  let wayOut: NoticeAction | undefined;
  const report = (error?: unknown, way?: NoticeAction) => {
    problem = error;
    wayOut = way;
    draw();
  };
  const show = (name: ViewName) => void band.show(name);
  const band = new ViewBand(byId('band'), byId('views'), { playground, report, show }, draw);
  const library = new Library(
    new HubServer(),
    () => models.draw(),
    (name) => playground.engine.call('close', { name }),
  );
  const opener = modelOpener({
    playground,
    library,
    models: () => models,
    show,
    draw,
    note: report,
  });
  const models = createModelsView(library, {
    current: () => playground.model?.name ?? '',
    use: (name) => void opener.open(playground.models.requests.get(name) ?? { name }),
    useFiles: (name, files) => void opener.open({ name, files }),
    useServer: (name, server) => void opener.open({ name, server }),
    report,
  });
  const views = {
    prompt: createPromptView(playground),
    text: createTextView(playground),
    actions: createActionsView(playground, () => show('beams')),
    branches: createBranchesView(playground),
  };
  const address = pageAddress(playground, band);
  const help = byId<HTMLDialogElement>('help');
  const openHelp = () => {
    if (help.childElementCount === 0) fillHelp(help);
    help.showModal();
  };
  byId('help-open').addEventListener('click', openHelp);
  connectTheme(byId('theme'));
  connectShare({ playground, band, report, link: address.link, openTrace: opener.openTrace });
  endPromptByKeys(byId('prompt'));
  connectKeys(playground, { generate: views.actions.generate, models: models.toggle, help: openHelp });

  function drawAll(): void {
    const { row, node, generating, isShaping, isCurrent } = playground;
    const error = problem ?? playground.error;
    views.prompt();
    views.text();
    views.actions.draw();
    views.branches();
    band.draw();
    models.draw();
    drawStatus(playground);
    document.body.classList.toggle('shaping', isShaping);
    document.body.classList.toggle('waiting', !isCurrent && error === undefined);
    document.body.classList.toggle('stale', error !== undefined && row?.node !== node);
    const undo = playground.canUndo
      ? { label: 'Undo', act: () => dismiss(() => playground.undo()) }
      : { label: 'Dismiss', act: () => dismiss(() => undefined) };
    showNotice(error, (problem !== undefined && wayOut) || undo);
    if (!generating) address.keep();
  }

  function dismiss(act: () => void): void {
    playground.error = undefined;
    act();
    report();
  }

  addEventListener('hashchange', () => void opener.openAddress());
  void band.show('next');
  draw();
  void opener.openAddress().then(async () => {
    if (await keepPage(() => playground.engine.call('used', undefined))) models.pageIsKept();
  });
}
