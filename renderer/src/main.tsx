import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createHost } from './host/create-host.ts';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');

const host = await createHost();
createRoot(container).render(
  <StrictMode>
    <App host={host} />
  </StrictMode>,
);
