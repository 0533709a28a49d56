import { useEffect, type ReactElement } from 'react';
import type { HostApi } from '../../../../shared/ipc/host-api.ts';
import { ConfirmCloseDialog } from './ConfirmCloseDialog.tsx';
import { OpenReportDialog } from './OpenReportDialog.tsx';
import { startFiles } from './start-files.ts';

/** Files of the window: starts opening, saving and drafts, and shows the dialogs about them. Mounted once. */
export function FileServices({ host }: { readonly host: HostApi }): ReactElement {
  useEffect(() => startFiles(host), [host]);
  return (
    <>
      <ConfirmCloseDialog />
      <OpenReportDialog />
    </>
  );
}
