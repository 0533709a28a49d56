import { useEffect, useRef, type ReactElement } from 'react';
import type { ExportContent, ExportFormat } from './export-content.ts';
import styles from './ExportDialog.module.css';

/** Characters of a report or of data that the preview shows. */
const SHOWN = 20_000;

/** The picture as an image of its own: nothing inside it can reach the page. */
function PicturePreview({ content }: { readonly content: ExportContent }): ReactElement {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([content.bytes], { type: 'image/svg+xml' }));
    if (image.current) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [content]);
  return <img ref={image} className={styles.picture} alt="The picture as it will be saved" />;
}

/** What will be saved; until it is there, what it waits for. */
export function ExportPreview({ content, format, waiting }: { readonly content: ExportContent | null; readonly format: ExportFormat; readonly waiting: string }): ReactElement {
  return (
    <div className={styles.preview} data-format={format}>
      {content === null && <p className={styles.waiting}>{waiting}</p>}
      {content !== null && format === 'svg' && <PicturePreview content={content} />}
      {content !== null && format !== 'svg' && <pre className={styles.text} tabIndex={0} role="region" aria-label="Preview">{content.text.slice(0, SHOWN)}</pre>}
    </div>
  );
}
