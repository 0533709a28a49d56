import { catalog } from '../../../../catalog/index.ts';
import { activeDocument, isDirty } from '../workspace.ts';
import { needsDocument, needsEditable } from './conditions.ts';
import { defineCommand, type Command } from './command.ts';
import { exportDrawing } from './export-drawing.ts';
import { chooseAndOpen, newDocument, openRecent, openTemplate } from './file-open.ts';
import { refreshRecents, useRecents } from './file-recents.ts';
import { closeDocument, saveDocument, saveDocumentAs } from './file-save.ts';
import { fileServices } from './file-services.ts';
import { importFile } from './import-file.ts';

async function withActive(action: (id: string) => Promise<unknown>): Promise<void> {
  const doc = activeDocument();
  if (doc) await action(doc.id);
}

const create = defineCommand({
  id: 'file.new',
  label: 'New drawing',
  menu: 'file',
  shortcuts: ['Mod+N'],
  synonyms: ['create', 'empty', 'document'],
  perform: () => void newDocument(),
});

const open = defineCommand({
  id: 'file.open',
  label: 'Open drawing…',
  menu: 'file',
  shortcuts: ['Mod+O'],
  synonyms: ['load', 'file', 'document'],
  perform: chooseAndOpen,
});

const save = defineCommand({
  id: 'file.save',
  label: 'Save drawing',
  menu: 'file',
  shortcuts: ['Mod+S'],
  synonyms: ['store', 'write', 'document'],
  enabled: () => {
    const editable = needsEditable();
    if (editable !== true) return editable;
    const doc = activeDocument();
    return doc && (doc.saved === null || isDirty(doc)) ? true : 'Everything is saved.';
  },
  perform: () => withActive(saveDocument),
});

const saveAs = defineCommand({
  id: 'file.save-as',
  label: 'Save drawing as…',
  menu: 'file',
  shortcuts: ['Mod+Shift+S'],
  synonyms: ['copy', 'rename', 'download', 'document'],
  enabled: needsEditable,
  perform: () => withActive(saveDocumentAs),
});

const close = defineCommand({
  id: 'file.close',
  label: 'Close drawing',
  menu: 'file',
  shortcuts: ['Mod+W'],
  synonyms: ['tab', 'document'],
  enabled: needsDocument,
  perform: () => withActive(closeDocument),
});

const forget = defineCommand({
  id: 'file.forget-recent',
  label: 'Clear recent files',
  menu: 'file',
  synonyms: ['history', 'privacy'],
  enabled: () => (useRecents.getState().entries.some(({ place }) => place === 'file') ? true : 'No files are listed.'),
  perform: async () => {
    await fileServices().host.forgetRecentFiles(null);
    await refreshRecents();
  },
});

const templates = catalog.templates.map((template) =>
  defineCommand({
    id: `file.template-${template.id}`,
    label: `Open example: ${template.title}`,
    menu: 'file',
    synonyms: ['template', 'sample', 'starter', template.description],
    perform: () => void openTemplate(template),
  }),
);

/** Commands about whole documents. */
export const fileCommands: readonly Command[] = [create, open, importFile, save, saveAs, exportDrawing, close, forget, ...templates];

/** A command for each recent document, newest first; made anew when `useRecents` changes. */
export function recentCommands(): Command[] {
  return useRecents.getState().entries.map((recent, index) =>
    defineCommand({ id: `file.recent-${index + 1}`, label: `Open ${recent.title}`, menu: 'file', synonyms: ['recent', recent.where], perform: () => openRecent(recent) }),
  );
}
