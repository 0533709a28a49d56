import { useMemo, useState, type ReactElement } from 'react';
import { formatFixedMultiple } from '../../../../shared/lib/format.ts';
import { fileServices } from '../../document/commands/file-services.ts';
import { fileNameOf, titleOfFile } from '../../document/commands/file-status.ts';
import { useSession } from '../../document/session.ts';
import { useWorkspace, type OpenDocument } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useFileEvaluation } from '../../evaluation/file-evaluation.ts';
import { useRanges, useRangesAt } from '../../evaluation/ranges-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Row } from '../../ui/Row.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { usePictureFonts } from '../../ui/use-picture-fonts.ts';
import { dayInWords, EXPORT_KINDS, exportContent, type ExportChoices, type ExportContent } from './export-content.ts';
import { ExportPreview } from './ExportPreview.tsx';
import styles from './ExportDialog.module.css';

const close = (): void => useSession.getState().set({ dialog: null });

/** Ask where, write, and say where it went. Returns why it was not written; null when it was, or when nobody wanted it. */
async function save(title: string, { format }: ExportChoices, content: ExportContent): Promise<string | null> {
  const { label, extension } = EXPORT_KINDS[format];
  const saved = await fileServices().host.exportFile({ title: 'Export', suggestedName: `${titleOfFile(fileNameOf(title))}.${extension}`, kinds: [{ label, extensions: [extension] }] }, content.bytes);
  if (!saved.ok) return saved.error.message;
  if (saved.value === null) return null;
  close();
  useSession.getState().notify(saved.value.ref === null ? `${saved.value.name} was downloaded.` : `Exported ${saved.value.name}.`);
  return null;
}

interface ChoicesProps {
  readonly choices: ExportChoices;
  readonly change: (part: Partial<ExportChoices>) => void;
  /** The load of the evaluation; null when there is none. */
  readonly multiple: number | null;
}

function Choices({ choices, change, multiple }: ChoicesProps): ReactElement {
  const picture = choices.format === 'svg';
  return (
    <div className={styles.choices}>
      <SegmentedControl
        label="Format"
        value={choices.format}
        onChange={(format) => change({ format })}
        options={[{ value: 'svg', label: 'SVG', hint: 'A picture' }, { value: 'markdown', label: 'Markdown', hint: 'A report' }, { value: 'json', label: 'JSON', hint: 'Design and evaluation as data' }]}
      />
      <div className={styles.rows}>
        <Row label={multiple === null ? 'With evaluation' : `With evaluation, at ${formatFixedMultiple(multiple)}`} labelId="export-evaluation" hint={multiple === null ? 'Nothing is evaluated yet.' : undefined}>
          <Switch label="With evaluation" labelledBy="export-evaluation" checked={choices.evaluation && multiple !== null} disabled={multiple === null} onChange={(evaluation) => change({ evaluation })} />
        </Row>
        {picture && (
          <>
            <Row label="Paper behind it" labelId="export-background">
              <Switch label="Paper behind it" labelledBy="export-background" checked={choices.background} onChange={(background) => change({ background })} />
            </Row>
            <Row label="Theme" labelId="export-theme" wide>
              <SegmentedControl label="Theme" value={choices.theme} onChange={(theme) => change({ theme })} options={[{ value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }]} />
            </Row>
            <Row label="Scale" labelId="export-scale" wide>
              <SegmentedControl
                label="Scale"
                value={String(choices.scale)}
                onChange={(scale) => change({ scale: Number(scale) as ExportChoices['scale'] })}
                options={[{ value: '1', label: '1x' }, { value: '2', label: '2x' }, { value: '4', label: '4x' }]}
              />
            </Row>
          </>
        )}
      </div>
    </div>
  );
}

const RANGES_WORDS = { computing: 'The ranges are being computed; until then it holds the likely values.', missing: 'The ranges were not computed; it holds the likely values and says so.' } as const;

function sizeText(content: ExportContent | null): string {
  if (content === null) return '';
  const weight = `${Math.max(1, Math.round(content.bytes.length / 1000))} kB`;
  return content.size ? `${content.size.width} × ${content.size.height} px, ${weight}` : weight;
}

function Opened({ doc }: { readonly doc: OpenDocument }): ReactElement {
  const whiteboard = useSession((state) => state.mode === 'whiteboard');
  const current = useEvaluation((state) => state.current);
  const ranges = useRangesAt(current?.multiple);
  const pending = useRanges(({ uncertain, progress, stopped, error }) => (!uncertain ? null : progress !== null ? 'computing' : stopped || error !== null ? 'missing' : null));
  const fonts = usePictureFonts();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [date] = useState(() => dayInWords(fileServices().now()));
  const [choices, setChoices] = useState<ExportChoices>(() => ({ format: 'svg', theme: 'light', evaluation: !whiteboard, background: true, scale: 1 }));
  const holds = choices.format === 'json' && choices.evaluation ? current : null;
  const data = useFileEvaluation(doc.design, holds?.multiple ?? null);
  const explained = data?.ok === true ? data.value : null;
  const lacking = holds !== null && explained === null;
  const waiting = fonts === null ? 'The fonts are being read.' : data?.ok === false ? data.error : 'The data is being computed.';
  const content = useMemo(
    () => (fonts === null || lacking ? null : exportContent(choices, { design: { ...doc.design, name: doc.title }, evaluation: current, explained, ranges, fonts, date })),
    [choices, current, explained, lacking, ranges, date, doc.design, doc.title, fonts],
  );
  return (
    <Dialog
      open
      title="Export"
      width={960}
      onClose={close}
      footer={
        <>
          <span className={styles.size} role="status">{sizeText(content)}{choices.evaluation && pending !== null ? `. ${RANGES_WORDS[pending]}` : ''}</span>
          {refusal !== null && <span className={styles.refusal} role="alert">{refusal}</span>}
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabledReason={content === null ? waiting : null} onClick={() => void (content && save(doc.title, choices, content).then(setRefusal))}>
            Save
          </Button>
        </>
      }
    >
      <div className={styles.sheet}>
        <ExportPreview content={content} format={choices.format} waiting={waiting} />
        <Choices choices={choices} change={(part) => setChoices((before) => ({ ...before, ...part }))} multiple={current?.multiple ?? null} />
      </div>
    </Dialog>
  );
}

/** Export (ui 5.6): the result on the left, the choices on the right, its size before it is saved. */
export function ExportDialog(): ReactElement | null {
  const asked = useSession((state) => state.dialog?.name === 'export');
  const doc = useWorkspace((state) => (state.activeId === null ? undefined : state.documents[state.activeId]));
  return asked && doc ? <Opened doc={doc} /> : null;
}
