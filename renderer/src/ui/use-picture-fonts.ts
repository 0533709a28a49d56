import { useEffect, useState } from 'react';

/** Latin files of the two bundled fonts, woff2 in base64. */
export interface BundledFonts { readonly text: string; readonly mono: string }

const base64 = (address: string): string => address.slice(address.indexOf(',') + 1);

let loading: Promise<BundledFonts> | null = null;

/** The bundled fonts as text. Loaded when a picture is first wanted, then kept. */
function loadFonts(): Promise<BundledFonts> {
  return (loading ??= Promise.all([
    import('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline'),
    import('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?inline'),
  ]).then(([inter, mono]) => ({ text: base64(inter.default), mono: base64(mono.default) })));
}

/** The fonts that a picture carries; null until they are there. */
export function usePictureFonts(): BundledFonts | null {
  const [fonts, setFonts] = useState<BundledFonts | null>(null);
  useEffect(() => {
    let wanted = true;
    void loadFonts().then((loaded) => wanted && setFonts(loaded));
    return () => {
      wanted = false;
    };
  }, []);
  return fonts;
}
