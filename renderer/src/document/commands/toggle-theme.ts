import { appliedTheme, isContrast, isDark } from '../../ui/theme.ts';
import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

function darkNow(): boolean {
  return isDark(appliedTheme(useSession.getState().theme));
}

/** Change between light and dark, keeping the contrast. */
export const toggleTheme = defineCommand({
  id: 'view.theme',
  label: () => (darkNow() ? 'Use light theme' : 'Use dark theme'),
  menu: 'view',
  synonyms: ['theme', 'night', 'day', 'colours', 'appearance', 'dark mode', 'light mode'],
  perform: () => {
    const theme = appliedTheme(useSession.getState().theme);
    const contrast = isContrast(theme);
    useSession.getState().set({ theme: isDark(theme) ? (contrast ? 'light-contrast' : 'light') : contrast ? 'dark-contrast' : 'dark' });
  },
});
