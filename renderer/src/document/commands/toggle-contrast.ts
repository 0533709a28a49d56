import { appliedTheme, isContrast, isDark } from '../../ui/theme.ts';
import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Change between normal and high contrast, keeping light or dark. */
export const toggleContrast = defineCommand({
  id: 'view.contrast',
  label: () => (isContrast(appliedTheme(useSession.getState().theme)) ? 'Use normal contrast' : 'Use high contrast'),
  menu: 'view',
  synonyms: ['theme', 'accessibility', 'appearance'],
  perform: () => {
    const theme = appliedTheme(useSession.getState().theme);
    const dark = isDark(theme);
    useSession.getState().set({ theme: isContrast(theme) ? (dark ? 'dark' : 'light') : dark ? 'dark-contrast' : 'light-contrast' });
  },
});
