import './styles/index.css';
import { load } from '@nexttoken/load';
import { byId } from './dom/by-id';
import { modelName } from './model/model-name';
import { Run } from './state/run';
import { connectPage } from './view/connect-page';
import { showNotice } from './view/notice-view';
import { loadingText } from './view/status-text';

const status = byId('status');
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

async function start(): Promise<void> {
  const name = modelName(location.hash);
  showNotice(undefined);
  status.textContent = `${name} · loading`;
  try {
    const loaded = await load(name, {
      onProgress: (progress) => {
        status.textContent = loadingText(name, progress);
      },
    });
    let isDue = false;
    const run = new Run(loaded, byId('prompt').textContent ?? '', () => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        draw();
      });
    });
    const draw = connectPage(run);
    await run.settle();
    // The speed that it shows from now on would be read out at every token.
    status.setAttribute('aria-live', 'off');
    document.body.classList.add('live');
  } catch (error) {
    status.textContent = `${name} · not loaded`;
    showNotice(error, { label: 'Try again', act: () => void start() });
  }
}

addEventListener('hashchange', () => location.reload());
void start();
