import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/frame.css';
import './ui/letters.css';
import './ui/review.css';
import './ui/writing.css';
import './ui/attachments.css';
import './ui/screens.css';
import './ui/viewer.css';
import './ui/paper.css';
import './ui/signers.css';
import './ui/templates.css';
import './ui/numbers.css';
import './ui/dispositions.css';
import './ui/addresses.css';
import './ui/incoming.css';
import './ui/registers.css';
import './ui/archive.css';
import './ui/home.css';
import './ui/search.css';
import './ui/forced.css';
import './ui/print.css';
import { App } from './app/App.tsx';
import { Catch } from './app/Catch.tsx';
import { startAppearance } from './lib/appearance.ts';

startAppearance();

// A file dropped beside its place must never open in the window.
for (const kind of ['dragover', 'drop']) {
  window.addEventListener(kind, (event) => event.preventDefault());
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Catch>
        <App />
      </Catch>
    </StrictMode>,
  );
}
