import { useLayoutEffect, useSyncExternalStore } from 'react';
import { useSession } from '../document/session.ts';
import { appliedTheme, CONTRAST_QUERY, DARK_QUERY } from '../ui/theme.ts';

function onSystemChange(notify: () => void): () => void {
  const queries = [matchMedia(DARK_QUERY), matchMedia(CONTRAST_QUERY)];
  for (const query of queries) query.addEventListener('change', notify);
  return () => queries.forEach((query) => query.removeEventListener('change', notify));
}

/** Write the theme in force on the root element, and follow the system while it decides. */
export function useTheme(): void {
  const choice = useSession((state) => state.theme);
  const theme = useSyncExternalStore(onSystemChange, () => appliedTheme(choice));
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
