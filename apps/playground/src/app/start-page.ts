import { initialSettings, type SamplingSettings } from '@nexttoken/inspector-elements/sampling-settings';
import { NextTokenError } from '@nexttoken/model';
import { byId } from '../dom/by-id';
import type { OpenRequest } from '../engine/protocol';
import { startEngine } from '../engine/start-engine';
import { listenToKeys } from '../keyboard/listen-to-keys';
import { defaultModel, isHubName, modelName } from '../model/model-name';
import { HubServer } from '../models/hub-server';
import { Library } from '../models/library';
import { keepPage } from '../offline/keep-page';
import { firstView } from '../recorded/first-view';
import { fromFragment, longestFragment, toFragment } from '../share/fragment';
import type { SharedState } from '../share/shared-state';
import { sharedIds, sharedLeaves, sharedTree } from '../share/shared-tree';
import { fillHelp } from '../shell/help';
import { connectShare } from '../shell/share-menu';
import { connectTheme } from '../shell/theme';
import { ViewBand } from '../shell/view-band';
import { tokensOf } from '../tree/token-tree';
import { createActionsView } from '../view/actions-view';
import { createBranchesView, neighbour } from '../view/branches-view';
import { endPromptByKeys } from '../view/end-prompt';
import { formatPercent } from '../view/format';
import { createModelsView } from '../view/models-view';
import { showNotice } from '../view/notice-view';
import { createPromptView } from '../view/prompt-view';
import { liveText, loadingText } from '../view/status-text';
import { createTextView } from '../view/text-view';
import { showVerdict } from '../view/verdict-view';
import { type ViewName, viewNames } from '../views/view';
import { Playground } from './playground';

const addressPause = 250;

/** Errors that another device may not have. */
const deviceErrors: ReadonlySet<string> = new Set(['device-unavailable', 'device-lost']);

/** Puts the page together: state, views, keys, address. Then opens what the address asks for. */
export function startPage(): void {
  let isDue = false;
  const draw = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      drawAll();
    });
  };
  const playground = new Playground(startEngine(), initialSettings, firstView.prompt, draw);
  playground.row = { node: playground.node, position: 0, shaped: firstView.shaped };
  let problem: unknown;
  const report = (error: unknown) => {
    problem = error;
    draw();
  };
  const host = { playground, report, show: (name: ViewName) => void band.show(name) };
  const band = new ViewBand(byId('band'), byId('views'), host, draw);
  const views = {
    prompt: createPromptView(playground),
    text: createTextView(playground),
    actions: createActionsView(playground, searchBeams),
    branches: createBranchesView(playground),
  };
  const library = new Library(
    new HubServer(),
    () => models.draw(),
    (name) => playground.engine.call('close', { name }),
  );
  const models = createModelsView(library, {
    current: () => playground.model?.name ?? '',
    use: (name) => void open({ name }),
    useFiles: (name, files) => void open({ name, files }),
    useServer: (name, server) => void open({ name, server }),
    report,
  });
  const help = byId<HTMLDialogElement>('help');
  fillHelp(help);
  const openHelp = () => help.showModal();
  byId('help-open').addEventListener('click', openHelp);
  connectTheme(byId('theme'));
  connectShare({ playground, band, report, link, openTrace });
  endPromptByKeys(byId('prompt'));

  function searchBeams(): void {
    void band.show('beams').then(() => band.band.dispatchEvent(new CustomEvent('search-beams')));
  }

  listenToKeys({
    step: () => void playground.step(),
    generate: views.actions.generate,
    sentence: () => void playground.run('sentence'),
    fork: () => void playground.run('fork'),
    stop: () => playground.stop(),
    undo: () => playground.undo(),
    redo: () => playground.redo(),
    back: () => playground.back(),
    lookBack: () => playground.look(Math.max(0, playground.position - 1)),
    lookForward: () => playground.look(playground.position + 1),
    nextUncertain: () => playground.look(nextUncertain(playground)),
    nextBranch: () => goToBranch(1),
    previousBranch: () => goToBranch(-1),
    search: () => focusSearch(),
    edit: () => byId('prompt').focus(),
    models: models.toggle,
    share: () => byId('share-open').click(),
    theme: () => byId('theme').click(),
    help: openHelp,
  });

  function goToBranch(by: number): void {
    const other = neighbour(playground, by);
    if (other) playground.goTo(other);
  }

  /** What the page is, as a link carries it. */
  function state(): SharedState {
    const { tree, node, settings } = playground;
    return {
      model: playground.model?.name ?? defaultModel,
      prompt: node.prompt.text,
      ...sharedTree(tree, node),
      settings,
      view: band.name,
    };
  }

  async function link(): Promise<string> {
    const url = new URL(location.href);
    const fragment = await toFragment(state());
    url.hash = fragment.length > longestFragment ? '' : fragment;
    return url.href;
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function keepAddress(): void {
    clearTimeout(timer);
    if (!document.body.classList.contains('live') || playground.generating) return;
    timer = setTimeout(async () => {
      const href = await link();
      if (href !== location.href) history.replaceState(null, '', href);
    }, addressPause);
  }

  function drawAll(): void {
    const { model, loading, row, node, generating } = playground;
    const error = problem ?? playground.error;
    views.prompt();
    views.text();
    views.actions.draw();
    views.branches();
    band.draw();
    models.draw();
    byId('model-name').textContent = loading?.name ?? model?.name ?? defaultModel;
    byId('status').textContent = statusText();
    announce();
    document.body.classList.toggle('shaping', playground.isShaping);
    document.body.classList.toggle('waiting', !playground.isCurrent && error === undefined);
    document.body.classList.toggle('stale', error !== undefined && row?.node !== node);
    const undo = playground.canUndo
      ? { label: 'Undo', act: () => dismiss(() => playground.undo()) }
      : { label: 'Dismiss', act: () => dismiss(() => undefined) };
    if (model || problem === undefined) showNotice(error, undo);
    if (!generating) keepAddress();
  }

  function dismiss(act: () => void): void {
    problem = undefined;
    playground.error = undefined;
    act();
    draw();
  }

  function statusText(): string {
    const { model, loading, tokensPerSecond } = playground;
    if (loading) {
      const doing = loading.progress ? loadingText(loading.progress) : 'loading';
      return model ? doing : `recorded · ${doing}`;
    }
    return model ? liveText(model, tokensPerSecond) : 'not loaded';
  }

  /** Says, for those who do not see the table, what was taken; while generating only the end. */
  function announce(): void {
    const last = tokensOf(playground.node).at(-1);
    const announcement = byId('announcement');
    const words =
      last && !playground.generating ? `took ${last.token}, raw ${formatPercent(last.probability)} %` : '';
    if (announcement.textContent !== words) announcement.textContent = words;
  }

  /** Opens a model, and puts a link's texts behind the prompt. */
  async function open(request: OpenRequest, shared?: SharedState): Promise<void> {
    problem = undefined;
    models.close();
    showNotice(undefined);
    document.body.classList.remove('live');
    try {
      const prompt = shared?.prompt ?? byId('prompt').textContent ?? '';
      if (shared) playground.settings = readSettings(shared.settings);
      const device = new URLSearchParams(location.search).get('device') ?? undefined;
      await playground.open({ device, ...request }, prompt);
      if (shared && shared.nodes.length > 0) {
        const branches = sharedLeaves(shared).map((place) => sharedIds(shared, place));
        await playground.restore(branches, sharedIds(shared, shared.at));
      }
      // The speed that it shows from now on would be read out at every token.
      byId('status').setAttribute('aria-live', 'off');
    } catch (error) {
      problem = error;
      const again = { label: 'Try again', act: () => void open(request, shared) };
      const other = { label: `Use ${defaultModel}`, act: () => void open({ name: defaultModel }) };
      const onWasm = { label: 'Use wasm', act: () => void open({ ...request, device: 'wasm' }, shared) };
      const isDevice = NextTokenError.isInstance(error) && deviceErrors.has(error.code);
      showNotice(error, isDevice ? onWasm : request.name === defaultModel ? again : other);
    }
    document.body.classList.toggle('live', playground.model !== undefined);
    draw();
  }

  /** Replays a trace file, says what came of it, and shows its text where it is this model's. */
  async function openTrace(file: File): Promise<void> {
    const { model, engine } = playground;
    if (!model) return;
    const verified = await engine.call('verify', { model: model.name, file });
    showVerdict(verified);
    if (verified.prompt === undefined || verified.modelId !== model.name) return;
    await playground.setPrompt(verified.prompt);
    await playground.restore([], verified.ids);
  }

  /** Opens what the address asks for; never a model that would have to be fetched first: that is offered, with its size. */
  async function openAddress(): Promise<void> {
    let shared: SharedState | undefined;
    try {
      shared = await fromFragment(location.hash);
    } catch (error) {
      problem = error;
    }
    const name = shared?.model ?? modelName(location.hash);
    if (shared) void band.show(viewNames.find((known) => known === shared.view) ?? 'next');
    if (!isHubName(name) || (await library.keeps(name).catch(() => false))) return open({ name }, shared);
    models.offer(name);
    await open({ name: defaultModel }, shared && { ...shared, nodes: [], at: -1 });
    models.open();
  }

  addEventListener('hashchange', () => void openAddress());
  void band.show('next');
  draw();
  void openAddress().then(async () => {
    if (await keepPage(() => playground.engine.call('used', undefined))) models.pageIsKept();
  });
}

function readSettings(settings: unknown): SamplingSettings {
  const { stages, sampler, seed } = Object(settings) as Partial<SamplingSettings>;
  const isWhole = Array.isArray(stages) && typeof sampler?.type === 'string' && Number.isSafeInteger(seed);
  return isWhole ? (settings as SamplingSettings) : initialSettings;
}

function nextUncertain(playground: Playground): number | undefined {
  const taken = tokensOf(playground.node);
  const from = playground.position < taken.length ? playground.position + 1 : 0;
  const place = taken.findIndex(
    (token, index) => index >= from && (token.leading < 0.5 || token.surprisal > 3),
  );
  return place < 0 ? undefined : place;
}

function focusSearch(): void {
  const root = document.querySelector('nt-distribution')?.shadowRoot;
  root?.querySelector<HTMLInputElement>('input[type="search"], input')?.focus();
}
