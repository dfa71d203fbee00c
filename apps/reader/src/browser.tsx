import './style/tokens.css';
import './style/base.css';
import './style/fonts.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { registerWorker, reloadOnMissingPiece } from './offline/worker.register.ts';
import { startSession } from './session/session.start.ts';
import { startSettings } from './settings/settings.store.ts';
import { App } from './shell/app.tsx';
import { startTelemetry } from './telemetry/telemetry.start.ts';
import './style/print.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

startSettings();
reloadOnMissingPiece();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
registerWorker();
startSession();
startTelemetry();
