import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline';
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?inline';
import type { PictureFonts } from '../../shared/interchange/svg/print-svg.ts';

const base64 = (address: string): string => address.slice(address.indexOf(',') + 1);

/** The bundled fonts for a picture that must look the same everywhere. */
export const pictureFonts: PictureFonts = { text: base64(inter), mono: base64(mono) };
