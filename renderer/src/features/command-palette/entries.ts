import { catalog } from '../../../../catalog/index.ts';
import { scenarios } from '../../../../catalog/scenarios/index.ts';
import { shownShortcuts, type Command } from '../../document/commands/command.ts';
import { recentCommands } from '../../document/commands/file-commands.ts';
import { useRecents } from '../../document/commands/file-recents.ts';
import { commandLabel, commands, disabledReason, performCommand } from '../../document/commands/index.ts';
import { MENU_TITLES } from '../../document/commands/menu.ts';
import { focusRegion } from '../../document/commands/regions.ts';
import { openScenario } from '../../document/commands/open-scenario.ts';
import { openRules } from '../../document/commands/show-rules.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import type { Findable } from './rank.ts';

/** A line of the palette: a command, a document or a component of the drawing. */
export interface PaletteEntry extends Findable {
  readonly id: string;
  /** Shown behind the label: the type of a component, the folder of a file. */
  readonly detail: string | null;
  readonly shortcut: string | null;
  readonly run: () => void;
}

/** The palette's own command is where the reader already is. */
const OWN_COMMAND = 'help.commands';

function commandEntry(command: Command, group: string, detail: string | null = null): PaletteEntry {
  return {
    id: command.id,
    label: commandLabel(command),
    detail,
    group,
    synonyms: command.synonyms ?? [],
    shortcut: shownShortcuts(command)[0] ?? null,
    disabledReason: disabledReason(command),
    run: () => void performCommand(command),
  };
}

function commandEntries(): readonly PaletteEntry[] {
  return MENU_TITLES.flatMap(([menu, title]) => commands.filter((command) => command.menu === menu && command.id !== OWN_COMMAND).map((command) => commandEntry(command, title)));
}

function openEntries(): readonly PaletteEntry[] {
  const { order, documents, activeId, activate } = useWorkspace.getState();
  return order.flatMap((id) => {
    const doc = documents[id];
    if (!doc || id === activeId) return [];
    return [{ id: `open ${id}`, label: `Switch to ${doc.title}`, detail: null, group: 'Open drawings', synonyms: ['tab', 'document', 'window'], shortcut: null, disabledReason: null, run: () => activate(id) }];
  });
}

/** Documents opened lately, without those that are open now. */
function recentEntries(): readonly PaletteEntry[] {
  const { documents } = useWorkspace.getState();
  const open = new Set(Object.values(documents).flatMap(({ id, file }) => (file === null ? [id] : [id, file.path])));
  const recents = useRecents.getState().entries;
  return recentCommands().flatMap((command, index) => {
    const recent = recents[index];
    return recent === undefined || open.has(recent.key) ? [] : [commandEntry(command, 'Recent drawings', recent.where)];
  });
}

function goTo(id: string): void {
  useSession.getState().select({ node: [id] });
  useSession.getState().moveCamera([id]);
  focusRegion('canvas');
}

function componentEntries(): readonly PaletteEntry[] {
  const nodes = Object.values(activeDocument()?.design.nodes ?? {});
  return nodes.map(({ id, name, type }) => {
    const title = catalog.components.get(type)?.title ?? null;
    return { id: `node ${id}`, label: `Go to ${name}`, detail: title === name ? null : title, group: 'Components', synonyms: ['select', 'find', 'show', title ?? type], shortcut: null, disabledReason: null, run: () => goTo(id) };
  });
}

/** Heading of the rules' pages: found by typing, too many to list unasked. */
export const RULES_GROUP = 'Rules';

/** Heading of the scenarios, found by typing too. */
export const SCENARIOS_GROUP = 'Scenarios';

function ruleEntries(): readonly PaletteEntry[] {
  return catalog.rules.map(({ id, meta }) => ({ id: `rule ${id}`, label: `Rule: ${meta.title}`, detail: null, group: RULES_GROUP, synonyms: [meta.failureTitle, ...meta.concepts], shortcut: null, disabledReason: null, run: () => openRules(id) }));
}

function scenarioEntries(): readonly PaletteEntry[] {
  return scenarios.map(({ id, title, minutes, asked }) => ({ id: `scenario ${id}`, label: `Open scenario: ${title}`, detail: `${minutes} minutes`, group: SCENARIOS_GROUP, synonyms: ['interview', 'exercise', ...asked], shortcut: null, disabledReason: null, run: () => openScenario(id) }));
}

/** Everything that the palette offers now, in the order of menus and drawings. */
export function paletteEntries(): readonly PaletteEntry[] {
  return [...commandEntries(), ...openEntries(), ...recentEntries(), ...componentEntries(), ...scenarioEntries(), ...ruleEntries()];
}
