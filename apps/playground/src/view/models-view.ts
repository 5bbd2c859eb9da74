import { byId } from '../dom/by-id';
import type { ServerRequest } from '../engine/protocol';
import { droppedFiles, droppedModel } from '../models/dropped-files';
import type { Library } from '../models/library';
import { formatBytes } from './format';
import { createOfferView } from './offer-view';
import { connectRemote } from './remote-view';
import { shelfRows } from './shelf-rows';

export interface ModelsActions {
  /** The name of the model that runs now. */
  readonly current: () => string;
  readonly use: (name: string) => void;
  /** Opens files of a visitor's own. */
  readonly useFiles: (name: string, files: readonly File[]) => void;
  readonly useServer: (name: string, server: ServerRequest) => void;
  readonly report: (error: unknown) => void;
}

export interface ModelsView {
  draw(): void;
  open(): void;
  close(): void;
  toggle(): void;
  /** Fills the id in and asks for its size. */
  offer(id: string): void;
  /** The page's own files are kept: it opens without a network. */
  pageIsKept(): void;
}

/** The panel of models: what is here, one by its id, and one's own files. */
export function createModelsView(library: Library, actions: ModelsActions): ModelsView {
  const panel = byId('models');
  const opener = byId('models-open');
  const field = byId<HTMLInputElement>('model-id');
  const drawOffer = createOfferView(library, actions);
  let isPageKept = false;
  const asked: { id?: string | undefined } = {};

  function show(isOpen: boolean): void {
    panel.hidden = !isOpen;
    if (asked.id !== undefined) {
      asked.id = undefined;
      drawn = '';
    }
    opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) void library.refresh();
  }
  function toggle(): void {
    const isOpen = panel.hidden;
    show(isOpen);
    (isOpen ? field : opener).focus();
  }
  opener.addEventListener('click', toggle);
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    toggle();
  });
  byId('order').addEventListener('submit', (event) => {
    event.preventDefault();
    const id = field.value.trim();
    if (id !== '') void library.look(id);
  });
  connectServer(library);
  connectFiles(actions);
  connectRemote(actions);

  let drawn = '';

  /**
   * The rows are made anew only when what they show changes: progress comes ten times a second, and a listing that
   * says the same as before is read at every opening; new rows would take the focus and a half-given answer away.
   */
  function drawShelf(): void {
    const { listing, busy } = library;
    const shown = JSON.stringify([
      listing?.entries.map((entry) => ({ ...entry, lastUsed: undefined })),
      busy?.progress && busy.id,
      isPageKept,
      actions.current(),
    ]);
    if (shown !== drawn) {
      drawn = shown;
      byId('shelf').replaceChildren(
        ...shelfRows(library, { ...actions, isPageKept, asked, offer: (id) => view.offer(id) }),
      );
    }
    const room = listing?.availableBytes;
    const left = room === undefined ? '' : `${formatBytes(room)} left`;
    const lasting =
      listing?.isPersistent === false ? ' · the browser may clear it when it runs out of room' : '';
    byId('shelf-note').textContent = listing?.entries.length ? left + lasting : left;
  }

  function draw(): void {
    drawShelf();
    byId<HTMLButtonElement>('look').disabled = library.busy?.progress !== undefined;
    drawOffer();
  }

  const view: ModelsView = {
    draw,
    open: () => show(true),
    close: () => show(false),
    toggle,
    offer(id) {
      show(true);
      field.value = id;
      void library.look(id);
    },
    pageIsKept() {
      isPageKept = true;
      draw();
    },
  };
  return view;
}

/** Files by the panel's buttons, and by a drop anywhere on the page. */
function connectFiles({ useFiles, report }: ModelsActions): void {
  const open = (files: readonly File[]) => {
    const model = droppedModel(files);
    if (model) useFiles(model.name, model.files);
    else
      report(
        new Error('there are no weights among these files: a .gguf, .safetensors or .onnx file is needed'),
      );
  };
  for (const id of ['own-files', 'own-folder']) {
    const input = byId<HTMLInputElement>(id);
    input.addEventListener('change', () => {
      const files = [...(input.files ?? [])];
      input.value = '';
      if (files.length > 0) open(files);
    });
  }
  const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) document.body.classList.remove('dropping');
  });
  document.addEventListener('drop', (event) => {
    document.body.classList.remove('dropping');
    if (!isFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    void droppedFiles(event.dataTransfer!).then(open, report);
  });
}

function connectServer({ server }: Library): void {
  const endpoint = byId<HTMLInputElement>('endpoint');
  const token = byId<HTMLInputElement>('token');
  endpoint.value = server.endpoint;
  if (server.endpoint !== '') byId<HTMLDetailsElement>('server').open = true;
  endpoint.addEventListener('change', () => {
    endpoint.setAttribute('aria-invalid', String(!endpoint.validity.valid));
    if (endpoint.validity.valid) server.endpoint = endpoint.value.trim();
  });
  token.addEventListener('input', () => {
    server.token = token.value;
  });
}
