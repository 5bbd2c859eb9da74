import './styles/index.css';
import { startPage } from './app/start-page';

// The code is read in one task, the page put together in the next: neither holds up the other.
setTimeout(startPage);
