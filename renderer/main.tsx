import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { chooseHost } from './host/page-host.ts';
import { Session } from './state/session.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/panels.css';
import './styles/window.css';
import './styles/views.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const session = new Session(chooseHost());
createRoot(root).render(<App session={session} />);
void session.autosave.restore();
