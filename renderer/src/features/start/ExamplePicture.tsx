import { useEffect, useMemo, useRef, useSyncExternalStore, type ReactElement } from 'react';
import { catalog } from '../../../../catalog/index.ts';
import type { Template } from '../../../../shared/contracts/catalog.ts';
import { printSvg } from '../../../../shared/interchange/svg/print-svg.ts';
import { formatFixedMultiple, formatMultiple, formatRate, speakRate } from '../../../../shared/lib/format.ts';
import { openTemplate } from '../../document/commands/file-open.ts';
import { useSession } from '../../document/session.ts';
import { multipleAt, positionOf } from '../../evaluation/load-scale.ts';
import { appliedTheme, isDark, onSystemTheme } from '../../ui/theme.ts';
import { usePictureFonts } from '../../ui/use-picture-fonts.ts';
import styles from './ExamplePicture.module.css';
import { firstToGo, useExample, type Example } from './use-example.ts';

/** Positions of the bob on its line. */
const POSITIONS = 400;

/** Shows a picture as an image of its own: nothing inside it can reach the page. The one before stays until the next is there. */
function usePicture(svg: string | null): (image: HTMLImageElement | null) => void {
  const image = useRef<HTMLImageElement | null>(null);
  useEffect(() => {
    if (svg === null) return undefined;
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    if (image.current) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [svg]);
  return (element) => void (image.current = element);
}

function Bob({ example, rps }: { readonly example: Example; readonly rps: number }): ReactElement {
  const { multiple, load } = example;
  return (
    <div className={styles.dial}>
      <div className={styles.readout}>
        <span className={styles.multiple}>{formatFixedMultiple(multiple)}</span>
        <span className={styles.rate}>{formatRate(rps * multiple)}</span>
      </div>
      <div className={styles.scale}>
        <input
          className={styles.bob}
          type="range"
          aria-label="Load of the example"
          aria-valuetext={`${formatMultiple(multiple).replace('x', ' times')}, ${speakRate(rps * multiple)}`}
          min={0}
          max={POSITIONS}
          value={Math.round(positionOf(multiple) * POSITIONS)}
          onChange={(event) => load(multipleAt(Number(event.currentTarget.value) / POSITIONS))}
        />
        <div className={styles.ends} aria-hidden="true">
          <span>1x</span>
          <span>10x</span>
          <span>100x</span>
        </div>
      </div>
    </div>
  );
}

const WAITING = 'The figures of the example are being computed.';

/** A finished drawing with its figures, drawn anew for every load that its bob is dragged to. A press opens it. */
export function ExamplePicture({ template }: { readonly template: Template }): ReactElement {
  const { design, title } = template;
  const example = useExample(design);
  const { evaluation, sweep } = example;
  const fonts = usePictureFonts();
  const choice = useSession((state) => state.theme);
  const theme = useSyncExternalStore(onSystemTheme, () => (isDark(appliedTheme(choice)) ? 'dark' : 'light'));
  const svg = useMemo(
    () => (evaluation && fonts ? printSvg({ design, evaluation, catalog, options: { theme, background: true, scale: 1, fonts } }).svg : null),
    [design, evaluation, fonts, theme],
  );
  const picture = usePicture(svg);
  const words = evaluation ? firstToGo(design, evaluation, sweep) : null;
  return (
    <figure className={styles.example} aria-label="The example">
      <button type="button" className={styles.open} data-choice="" aria-label={`Open the example: ${title}${svg === null ? `. ${WAITING}` : ''}`} onClick={() => void openTemplate(template)}>
        {svg === null ? <span className={styles.waiting}>{WAITING}</span> : <img ref={picture} className={styles.picture} alt="" draggable={false} />}
      </button>
      {evaluation && <Bob example={example} rps={evaluation.total_rps / evaluation.multiple} />}
      <figcaption className={styles.caption}>
        <span>Drag the bob and see which part goes first</span>
        {words !== null && <span className={styles.words} role="status">{words}</span>}
      </figcaption>
    </figure>
  );
}
