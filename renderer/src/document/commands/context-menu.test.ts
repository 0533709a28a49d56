import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DesignBuilder } from '../../../../tests/support/design-builder.ts';
import { useSession } from '../session.ts';
import { useWorkspace } from '../workspace.ts';
import { CONTEXT_COMMANDS, contextEntries, contextTitle } from './context-menu.ts';
import { commandById } from './index.ts';

describe('context menu', () => {
  beforeAll(() => vi.stubGlobal('matchMedia', () => ({ matches: false })));
  afterAll(() => vi.unstubAllGlobals());
  beforeEach(() => {
    useWorkspace.getState().open({ id: 'd', title: 'Drawing', design: new DesignBuilder().client('c').service('api').build() });
    useSession.getState().select({});
  });

  it('names commands that exist', () => {
    expect(CONTEXT_COMMANDS.filter((id) => commandById(id) === undefined)).toEqual([]);
  });

  it('lists what applies to the selection and leaves out the rest', () => {
    const ids = (): readonly string[] => contextEntries().map((entry) => entry.id);
    expect(ids()).toContain('edit.select-all');
    expect([ids().includes('edit.delete'), contextTitle(() => undefined)]).toEqual([false, 'Drawing']);
    useSession.getState().select({ node: ['api'] });
    expect(ids()).toEqual(expect.arrayContaining(['edit.rename', 'insert.connect', 'edit.delete']));
    expect(contextTitle((id) => id)).toBe('api');
    useSession.getState().select({ node: ['api', 'c'] });
    expect(ids()).not.toContain('edit.rename');
    expect(contextTitle((id) => id)).toBe('2 selected');
  });
});
