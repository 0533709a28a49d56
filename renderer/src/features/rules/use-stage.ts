import { useEffect, useMemo, useState, useSyncExternalStore, type RefObject } from 'react';
import { catalog } from '../../../../catalog/index.ts';
import { printSvg } from '../../../../shared/interchange/svg/print-svg.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { useSession } from '../../document/session.ts';
import type { ExampleStudio, Staged } from '../../evaluation/example-studio.ts';
import { appliedTheme, isDark, onSystemTheme } from '../../ui/theme.ts';
import { usePictureFonts } from '../../ui/use-picture-fonts.ts';

/** Whether an element is in view, scrolled areas around it included. */
function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return inView;
}

/** An example's figures, asked for once it is in view and given up when it leaves before they are there. Undefined until then, null when they failed. */
export function useStaged(studio: ExampleStudio, design: Design, element: RefObject<HTMLElement | null>): Staged | null | undefined {
  const inView = useInView(element);
  const [staged, setStaged] = useState<Staged | null | undefined>(undefined);
  const wanted = inView && staged === undefined;
  useEffect(() => (wanted ? studio.stage(design, setStaged) : undefined), [studio, design, wanted]);
  return staged;
}

/** The address of the picture of an example, in the colours of the theme; null until it is drawn. */
export function usePictureAddress(staged: Staged | null | undefined): string | null {
  const fonts = usePictureFonts();
  const choice = useSession((state) => state.theme);
  const theme = useSyncExternalStore(onSystemTheme, () => (isDark(appliedTheme(choice)) ? 'dark' : 'light'));
  const svg = useMemo(() => (staged && fonts ? printSvg({ ...staged, catalog, options: { theme, background: true, scale: 1, fonts } }).svg : null), [staged, fonts, theme]);
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (svg === null) return undefined;
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return address;
}
