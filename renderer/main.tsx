// The ground first: rooms bring their own styles and stand on these.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/fields.css';
import './styles/time.css';
import './styles/overlays.css';
import './styles/frame.css';
import { createRoot } from 'react-dom/client';
import { english } from '../shared/text/catalogue.ts';
import { clientOfWindow } from './client.ts';
import { Shell } from './shell.tsx';
import { mirrorOf } from './store.ts';

const root = document.getElementById('root');
if (root !== null) {
  const client = clientOfWindow();
  createRoot(root).render(
    client === null ? (
      <p className="frame-words">{english.shell.bridgeMissing}</p>
    ) : (
      <Shell client={client} mirror={mirrorOf(client)} />
    ),
  );
}
