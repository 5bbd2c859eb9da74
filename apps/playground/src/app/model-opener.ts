import { initialSettings } from '@nexttoken/inspector-elements/sampling-settings';
import { NextTokenError } from '@nexttoken/model';
import { byId } from '../dom/by-id';
import { type ChosenSettings, isConstraint } from '../engine/constraint/constraint-settings';
import type { OpenRequest } from '../engine/protocol';
import { defaultModel, isHubName, modelName } from '../model/model-name';
import type { Library } from '../models/library';
import { fromFragment } from '../share/fragment';
import type { SharedState } from '../share/shared-state';
import { sharedIds, sharedLeaves } from '../share/shared-tree';
import type { ModelsView } from '../view/models-view';
import type { NoticeAction } from '../view/notice-view';
import { showVerdict } from '../view/verdict-view';
import { type ViewName, viewNames } from '../views/view';
import type { Playground } from './playground';

/** Errors that another device may not have. */
const deviceErrors: ReadonlySet<string> = new Set(['device-unavailable', 'device-lost']);

interface OpenerParts {
  readonly playground: Playground;
  readonly library: Library;
  readonly models: () => ModelsView;
  readonly show: (view: ViewName) => void;
  /** Shows what went wrong, and a way out of it; without anything: nothing is wrong any more. */
  readonly note: (error?: unknown, way?: NoticeAction) => void;
  readonly draw: () => void;
}

interface ModelOpener {
  /** Opens a model, and puts a link's texts behind the prompt; what fails is told, with a way out. */
  open(request: OpenRequest, shared?: SharedState): Promise<void>;
  /** Opens what the address asks for; never a model that would have to be fetched first: that is offered, with its size. */
  openAddress(): Promise<void>;
  /** Replays a trace file, says what came of it, and shows its text where it is this model's. */
  openTrace(file: File): Promise<void>;
}

/** Opens models, links and traces. */
export function modelOpener({ playground, library, models, show, note, draw }: OpenerParts): ModelOpener {
  function wayOut(error: unknown, request: OpenRequest, shared?: SharedState): NoticeAction {
    if (NextTokenError.isInstance(error) && deviceErrors.has(error.code))
      return { label: 'Use wasm', act: () => void open({ ...request, device: 'wasm' }, shared) };
    if (request.name === defaultModel) return { label: 'Try again', act: () => void open(request, shared) };
    if (request.server) return { label: 'Back to the server', act: backToServer };
    if (playground.model) return { label: `Stay with ${playground.model.name}`, act: () => note() };
    return { label: `Use ${defaultModel}`, act: () => void open({ name: defaultModel }) };
  }

  function backToServer(): void {
    note();
    models().open();
  }

  async function open(request: OpenRequest, shared?: SharedState): Promise<void> {
    note();
    models().close();
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
      note(error, wayOut(error, request, shared));
    }
    document.body.classList.toggle('live', playground.model !== undefined);
    draw();
  }

  return {
    open,
    async openAddress() {
      let shared: SharedState | undefined;
      try {
        shared = await fromFragment(location.hash);
      } catch (error) {
        note(error);
      }
      const name = shared?.model ?? modelName(location.hash);
      if (shared) show(viewNames.find((known) => known === shared.view) ?? 'next');
      if (!isHubName(name) || (await library.keeps(name).catch(() => false))) return open({ name }, shared);
      models().offer(name);
      await open({ name: defaultModel }, shared && { ...shared, nodes: [], at: -1 });
      models().open();
    },
    async openTrace(file) {
      const { model, engine } = playground;
      if (!model) return;
      const verified = await engine.call('verify', { model: model.name, file });
      showVerdict(verified);
      if (verified.prompt === undefined || verified.modelId !== model.name) return;
      await playground.setPrompt(verified.prompt);
      await playground.restore([], verified.ids);
    },
  };
}

function readSettings(settings: unknown): ChosenSettings {
  const { stages, sampler, seed, constraint } = Object(settings) as Partial<ChosenSettings>;
  const isWhole = Array.isArray(stages) && typeof sampler?.type === 'string' && Number.isSafeInteger(seed);
  const isLegal = isWhole && (constraint === undefined || isConstraint(constraint));
  return isLegal ? (settings as ChosenSettings) : initialSettings;
}
