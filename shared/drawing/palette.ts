import type { HeatStep } from './heat.ts';

/** The two themes that a picture can have. */
export type PictureTheme = 'light' | 'dark';

/** Colours of one heat step. */
export interface HeatColours { readonly solid: string; readonly tint: string; readonly text: string }

/** The colours of a drawing, as the window's custom properties of the same names (ui 1.1 to 1.3). */
export interface Palette {
  readonly paper: string;
  readonly raised: string;
  readonly sunken: string;
  readonly hair: string;
  readonly control: string;
  readonly ink1: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly red: string;
  readonly redTint: string;
  readonly onRed: string;
  readonly heat: Readonly<Record<HeatStep, HeatColours>>;
}

const heat = (solid: string, tint: string, text: string): HeatColours => ({ solid, tint, text });

/** Both themes; a test holds them equal to the window's stylesheet. */
export const PALETTES: Readonly<Record<PictureTheme, Palette>> = {
  light: {
    paper: '#F7F6F1', raised: '#FFFFFF', sunken: '#F0EEE9', hair: '#DEDCD6', control: '#8A877F',
    ink1: '#25211B', ink2: '#514C46', ink3: '#6D6861', red: '#C51E21', redTint: '#FFEBE9', onRed: '#FFFFFF',
    heat: {
      1: heat('#D9E4EC', '#F8FAFD', '#25211B'), 2: heat('#B8CADF', '#F1F6FB', '#25211B'), 3: heat('#9FACD5', '#ECF0FB', '#25211B'), 4: heat('#9987C4', '#EDE9F9', '#25211B'),
      5: heat('#9D5D9F', '#F3E0F3', '#FFFFFF'), 6: heat('#9C3268', '#FAD7E4', '#FFFFFF'), 7: heat('#8B0326', '#FECDD0', '#FFFFFF'),
    },
  },
  dark: {
    paper: '#141210', raised: '#262320', sunken: '#0E0C09', hair: '#34312D', control: '#79746D',
    ink1: '#EEEBE5', ink2: '#BDBAB3', ink3: '#9E9B94', red: '#F66D67', redTint: '#47211E', onRed: '#141210',
    heat: {
      1: heat('#303842', '#24272B', '#EEEBE5'), 2: heat('#414D66', '#252A33', '#EEEBE5'), 3: heat('#625E8B', '#2C2B3B', '#EEEBE5'), 4: heat('#9370A9', '#372A3F', '#141210'),
      5: heat('#C67BB1', '#45273D', '#141210'), 6: heat('#F68AA5', '#542533', '#141210'), 7: heat('#FFB2A5', '#622324', '#141210'),
    },
  },
};
