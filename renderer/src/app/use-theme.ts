import { useEffect, useLayoutEffect, useState } from 'react';
import { useSession } from '../document/session.ts';
import { CONTRAST_QUERY, DARK_QUERY, resolveTheme, systemPreference } from '../ui/theme.ts';

/** Write the theme in force on the root element, and follow the system while it decides. */
export function useTheme(): void {
  const choice = useSession((state) => state.theme);
  const [preference, setPreference] = useState(systemPreference);
  useEffect(() => {
    const queries = [matchMedia(DARK_QUERY), matchMedia(CONTRAST_QUERY)];
    const update = (): void => setPreference(systemPreference());
    for (const query of queries) query.addEventListener('change', update);
    return () => queries.forEach((query) => query.removeEventListener('change', update));
  }, []);
  const theme = resolveTheme(choice, preference);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
