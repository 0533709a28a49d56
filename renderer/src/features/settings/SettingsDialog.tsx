import { useId, type ReactElement, type ReactNode, type RefObject } from 'react';
import { useSession, type ArrowKeys, type ThemeChoice, type WheelUse } from '../../document/session.ts';
import { isMac } from '../../ui/chord.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { INTERFACE_SIZES, type InterfaceSize } from '../../ui/interface-size.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './SettingsDialog.module.css';

const SIZES = INTERFACE_SIZES.map((percent) => ({ value: `${percent}`, label: `${percent} %` }));

const THEMES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'Follow the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'light-contrast', label: 'Light, high contrast' },
  { value: 'dark-contrast', label: 'Dark, high contrast' },
];

const ARROWS: readonly { readonly value: ArrowKeys; readonly label: string }[] = [
  { value: 'walk', label: 'Walk' },
  { value: 'nudge', label: 'Nudge' },
];

const WHEEL: readonly { readonly value: WheelUse; readonly label: string }[] = [
  { value: 'pan', label: 'Pan' },
  { value: 'zoom', label: 'Zoom' },
];

const ARROW_WORDS: Readonly<Record<ArrowKeys, string>> = {
  walk: 'On the canvas arrows go from part to part. Alt and arrows move what is selected by 8 px.',
  nudge: 'On the canvas arrows move what is selected by 8 px. Alt and arrows go from part to part.',
};

function wheelWords(use: WheelUse): string {
  return use === 'pan' ? `The wheel moves the paper; with ${isMac() ? 'Cmd' : 'Ctrl'} it zooms.` : 'The wheel zooms; Space and drag moves the paper.';
}

function Setting({ title, words, children }: { readonly title: string; readonly words: string; readonly children: (describedBy: string) => ReactNode }): ReactElement {
  const id = useId();
  return (
    <div className={styles.setting}>
      <h3 className={styles.title}>{title}</h3>
      {children(id)}
      <p id={id} className={styles.words}>{words}</p>
    </div>
  );
}

/** Where keys begin: at the size that is chosen. */
const FIRST: RefObject<HTMLElement | null> = {
  get current() {
    return document.querySelector<HTMLElement>('[role="dialog"] [role="radio"][aria-checked="true"]');
  },
};

function isSize(percent: number): percent is InterfaceSize {
  return INTERFACE_SIZES.some((size) => size === percent);
}

function Choices(): ReactElement {
  const { interfaceSize, theme, arrowKeys, wheel, set } = useSession();
  const resize = (value: string): void => {
    const percent = Number(value);
    if (isSize(percent)) set({ interfaceSize: percent });
  };
  return (
    <div className={styles.settings}>
      <Setting title="Interface size" words="Bars, panels and dialogs. The drawing keeps its own zoom.">
        {(words) => <SegmentedControl label="Interface size" describedBy={words} value={`${interfaceSize}`} options={SIZES} onChange={resize} />}
      </Setting>
      <Setting title="Theme" words="High contrast also follows the system, where it asks for it.">
        {() => <Select className={styles.select} label="Theme" labelHidden value={theme} options={THEMES} onChange={(next) => set({ theme: next })} />}
      </Setting>
      <Setting title="Arrow keys" words={ARROW_WORDS[arrowKeys]}>
        {(words) => <SegmentedControl label="Arrow keys" describedBy={words} value={arrowKeys} options={ARROWS} onChange={(next) => set({ arrowKeys: next })} />}
      </Setting>
      <Setting title="Wheel" words={wheelWords(wheel)}>
        {(words) => <SegmentedControl label="Wheel" describedBy={words} value={wheel} options={WHEEL} onChange={(next) => set({ wheel: next })} />}
      </Setting>
    </div>
  );
}

/** How the window looks and answers, whatever is drawn: each choice counts at once and is remembered for the next start. */
export function SettingsDialog(): ReactElement {
  const open = useSession((state) => state.dialog?.name === 'settings');
  return (
    <Dialog open={open} title="Settings" description="Each choice counts at once, for every drawing, and is remembered." width={520} initialFocus={FIRST} onClose={() => useSession.getState().set({ dialog: null })}>
      {open && <Choices />}
    </Dialog>
  );
}
