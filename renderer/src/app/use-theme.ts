import { useLayoutEffect, useSyncExternalStore } from 'react';
import { useSession } from '../document/session.ts';
import { applyInterfaceSize } from '../ui/interface-size.ts';
import { appliedTheme, onSystemTheme } from '../ui/theme.ts';

/** Write the theme in force on the root element, and follow the system while it decides. */
export function useTheme(): void {
  const choice = useSession((state) => state.theme);
  const theme = useSyncExternalStore(onSystemTheme, () => appliedTheme(choice));
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}

/** Draw the interface in the size that was chosen. */
export function useInterfaceSize(): void {
  const percent = useSession((state) => state.interfaceSize);
  useLayoutEffect(() => applyInterfaceSize(percent), [percent]);
}
