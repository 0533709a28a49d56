import { app, Menu, session } from 'electron';
import path from 'node:path';
import { registerHandlers } from './ipc/index.ts';
import { firstFileArgument } from './open-argument.ts';
import { denyPermissions, guardNavigation } from './permissions.ts';
import { declareScheme, servePage } from './protocol.ts';
import { createServices, type Services } from './services/index.ts';
import v8Flags from './v8-flags.json' with { type: 'json' };
import { openMainWindow, type MainWindow } from './window.ts';

const outFolder = path.join(__dirname, '..');

function showFileWhenReady(services: Services, window: MainWindow, file: string): void {
  services.inbox.put(file);
  window.focus();
}

async function start(waiting: readonly string[]): Promise<void> {
  await app.whenReady();
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  denyPermissions(session.defaultSession);
  servePage(session.defaultSession, path.join(outFolder, 'renderer'));

  const services = createServices(app.getPath('userData'));
  const window = openMainWindow(path.join(outFolder, 'preload', 'index.cjs'));
  registerHandlers(services, window);

  for (const file of waiting) services.inbox.put(file);
  app.on('open-file', (event, file) => {
    event.preventDefault();
    showFileWhenReady(services, window, file);
  });
  app.on('second-instance', (_event, argv, cwd) => {
    const file = firstFileArgument(argv, cwd);
    if (file !== null) services.inbox.put(file);
    window.focus();
  });
  await services.sweep();
}

function main(): void {
  app.setName('Plumbline');
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // an answer is many short-lived objects: with more room for new ones, collecting them costs a quarter less of its time
  app.commandLine.appendSwitch('js-flags', v8Flags.join(' '));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  declareScheme();
  guardNavigation(app);

  const waiting: string[] = [];
  const argument = firstFileArgument(process.argv, process.cwd());
  if (argument !== null) waiting.push(argument);
  const keep = (event: Electron.Event, file: string): void => {
    event.preventDefault();
    waiting.push(file);
  };
  app.on('open-file', keep);
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(() => app.off('open-file', keep));
  void start(waiting);
}

main();
