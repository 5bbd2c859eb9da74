import './styles/index.css';
import { load } from '@nexttoken/load';
import { byId } from './dom/by-id';
import { defaultModel, isHubName, modelName } from './model/model-name';
import { switchModel, takePrompt } from './model/switch-model';
import { HubServer } from './models/hub-server';
import { Library } from './models/library';
import { keepPage } from './offline/keep-page';
import { Run } from './state/run';
import { connectPage } from './view/connect-page';
import { endPromptByKeys } from './view/end-prompt';
import { createModelsView } from './view/models-view';
import { showNotice } from './view/notice-view';
import { loadingText } from './view/status-text';

const status = byId('status');
const prompt = byId('prompt');
const help = byId<HTMLDialogElement>('help');
byId('help-open').addEventListener('click', () => help.showModal());

const chosen = byId('chosen');
const sheet = byId('sheet');
sheet.addEventListener('click', () => {
  const isOpen = chosen.classList.toggle('open');
  sheet.setAttribute('aria-expanded', String(isOpen));
  sheet.textContent = isOpen ? 'Close' : 'Adjust';
  if (isOpen) document.querySelector('.next')?.scrollIntoView();
});

let current = '';
const library = new Library(new HubServer(), () => models.draw());
const models = createModelsView(library, {
  current: () => current,
  use: (name) => switchModel(name, prompt.textContent ?? ''),
});

/** What is loaded: never a model that would have to be fetched first; that is offered, with its size. */
async function choose(): Promise<string> {
  const name = modelName(location.hash);
  if (!isHubName(name) || (await library.keeps(name).catch(() => false))) return name;
  models.offer(name);
  return defaultModel;
}

async function start(): Promise<void> {
  showNotice(undefined);
  current = await choose();
  byId('model-name').textContent = current;
  status.textContent = 'loading';
  try {
    const loaded = await load(current, {
      onProgress: (progress) => {
        status.textContent = loadingText(progress);
      },
    });
    let isDue = false;
    const run = new Run(loaded, prompt.textContent ?? '', () => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        draw();
      });
    });
    const draw = connectPage(run, models.toggle);
    await run.settle();
    // The speed that it shows from now on would be read out at every token.
    status.setAttribute('aria-live', 'off');
    document.body.classList.add('live');
  } catch (error) {
    status.textContent = 'not loaded';
    const again = { label: 'Try again', act: () => void start() };
    const other = {
      label: `Use ${defaultModel}`,
      act: () => switchModel(defaultModel, prompt.textContent ?? ''),
    };
    showNotice(error, current === defaultModel ? again : other);
  }
}

endPromptByKeys(prompt);
prompt.textContent = takePrompt() ?? prompt.textContent;
addEventListener('hashchange', () => location.reload());
await start();
if (await keepPage()) models.pageIsKept();
