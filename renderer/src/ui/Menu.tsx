import { Menu as Base } from '@base-ui/react/menu';
import { useMemo, type ReactElement } from 'react';
import { classes } from './classes.ts';
import { Glyph } from './Glyph.tsx';
import { GLYPHS } from './glyphs.ts';
import { Kbd } from './Kbd.tsx';
import popup from './popup.module.css';

/** A line of a menu. A disabled item stays listed with its reason. */
export type MenuEntry =
  | {
      readonly kind?: 'item';
      readonly id: string;
      readonly label: string;
      readonly shortcut?: string;
      readonly icon?: string;
      readonly checked?: boolean;
      readonly disabledReason?: string | null;
      readonly onSelect: () => void;
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string };

function hasMark(entry: MenuEntry): boolean {
  return (entry.kind ?? 'item') === 'item' && ('icon' in entry || 'checked' in entry);
}

function Entry({ entry, marks }: { readonly entry: MenuEntry; readonly marks: boolean }): ReactElement {
  if (entry.kind === 'separator') return <Base.Separator className={popup.separator} />;
  if (entry.kind === 'heading') return <div className={popup.heading}>{entry.label}</div>;
  const disabled = typeof entry.disabledReason === 'string';
  const icon = entry.checked === true ? GLYPHS.check : entry.icon;
  return (
    <Base.Item className={popup.item} disabled={disabled} label={entry.label} onClick={entry.onSelect}>
      {marks && <span className={popup.mark}>{icon === undefined ? null : <Glyph path={icon} size={16} />}</span>}
      <span className={popup.text}>
        {entry.label}
        {disabled && <span className={popup.reason}>{entry.disabledReason}</span>}
      </span>
      {entry.shortcut !== undefined && <Kbd chord={entry.shortcut} />}
    </Base.Item>
  );
}

interface EntriesProps {
  readonly items: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  readonly label?: string;
  readonly tall?: boolean;
  /** As high as its lines are, where the window is. */
  readonly whole?: boolean;
  readonly finalFocus?: () => HTMLElement | null;
}

function Entries({ items, label, tall, whole, finalFocus }: EntriesProps): ReactElement {
  const entries = typeof items === 'function' ? items() : items;
  const marks = entries.some(hasMark);
  return (
    <Base.Popup className={popup.popup} aria-label={label} finalFocus={finalFocus}>
      <div className={classes(popup.list, tall === true && popup.tall, whole === true && popup.whole, !marks && popup.plain)}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} marks={marks} />
        ))}
      </div>
    </Base.Popup>
  );
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** A function is called when the menu opens. */
  readonly items: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  readonly label?: string;
  readonly side?: 'top' | 'bottom' | 'right';
  readonly align?: 'start' | 'end';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Use the height of the window. */
  readonly tall?: boolean;
  /** Where the focus returns; the trigger when left out or null. */
  readonly finalFocus?: () => HTMLElement | null;
}

/** A menu that hangs on a button. */
export function Menu({ trigger, items, label, side = 'bottom', align = 'start', open, onOpenChange, tall, finalFocus }: MenuProps): ReactElement {
  return (
    <Base.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner role="region" aria-label={label ?? 'Menu'} className={popup.positioner} side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Entries items={items} label={label} tall={tall} finalFocus={finalFocus} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface ContextMenuProps {
  /** Where it opens, in client coordinates; null keeps it closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly items: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  readonly label: string;
  readonly onClose: () => void;
}

/** A menu at a point. */
export function ContextMenu({ at, items, label, onClose }: ContextMenuProps): ReactElement {
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(at?.x ?? 0, at?.y ?? 0, 0, 0) }), [at?.x, at?.y]);
  return (
    <Base.Root open={at !== null} modal={false} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner role="region" aria-label={label} className={popup.positioner} anchor={anchor} side="bottom" align="start" collisionPadding={8} collisionAvoidance={{ side: 'shift', align: 'shift' }}>
          <Entries items={items} label={label} whole />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
