import { useEffect } from 'react';
import { commands, performCommand } from '../document/commands/index.ts';
import { createKeymap, type KeyInput } from '../document/commands/keymap.ts';
import { placeOf } from '../document/commands/place.ts';

function inputOf(event: KeyboardEvent): KeyInput {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  return { key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph: event.getModifierState('AltGraph') };
}

/** The one handler of shortcuts. It stands at the window, so whoever has the focus goes first and may prevent it. */
export function useKeyboard(): void {
  useEffect(() => {
    const keymap = createKeymap(commands);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const place = placeOf(event.target);
      const command = place === null ? null : keymap.find(inputOf(event), place);
      if (command === null) return;
      event.preventDefault();
      void performCommand(command);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
