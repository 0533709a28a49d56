/** The value of `data-theme` on the root element. */
export type AppliedTheme = 'light' | 'dark' | 'light-contrast' | 'dark-contrast';

/** What the system prefers. */
export interface ThemePreference {
  readonly dark: boolean;
  readonly contrast: boolean;
}

export const DARK_QUERY = '(prefers-color-scheme: dark)';
export const CONTRAST_QUERY = '(prefers-contrast: more)';

/** Read the system's preference. */
export function systemPreference(): ThemePreference {
  return { dark: matchMedia(DARK_QUERY).matches, contrast: matchMedia(CONTRAST_QUERY).matches };
}

/** The theme that a choice means now: `system` follows the system in lightness and contrast. */
export function resolveTheme(choice: AppliedTheme | 'system', preference: ThemePreference): AppliedTheme {
  if (choice !== 'system') return choice;
  if (preference.contrast) return preference.dark ? 'dark-contrast' : 'light-contrast';
  return preference.dark ? 'dark' : 'light';
}

/** The theme that a choice means on this system at this moment. */
export function appliedTheme(choice: AppliedTheme | 'system'): AppliedTheme {
  return resolveTheme(choice, systemPreference());
}

/** Call `notify` whenever the system's preference changes; returns how to stop. */
export function onSystemTheme(notify: () => void): () => void {
  const queries = [matchMedia(DARK_QUERY), matchMedia(CONTRAST_QUERY)];
  for (const query of queries) query.addEventListener('change', notify);
  return () => queries.forEach((query) => query.removeEventListener('change', notify));
}

/** Whether a theme is dark. */
export function isDark(theme: AppliedTheme): boolean {
  return theme.startsWith('dark');
}

/** Whether a theme has high contrast. */
export function isContrast(theme: AppliedTheme): boolean {
  return theme.endsWith('contrast');
}
