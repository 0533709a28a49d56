import { err, ok, type Problem, type Result } from '../../lib/result.ts';
import { normaliseDesign, typeVocabulary } from '../../model/normalise.ts';
import { createProblemList } from '../../model/problem-list.ts';
import { IMPORT_LIMITS, type ImportFile, type ImportLimits, type ImportOptions, type ImportReport } from '../import-report.ts';
import { assemble, place, unknownConnections } from './assemble.ts';
import { connect } from './connect.ts';
import { findEntries } from './entries.ts';
import { groupsOf } from './networks.ts';
import { ProjectReader, type Project } from './project.ts';
import { stageServices } from './stage.ts';

/** Read anew each time: a signal changes while the work waits. */
function stopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

const STOPPED: Problem = { level: 'error', code: 'stopped', message: 'The import was stopped before it was complete. Nothing was changed.' };

function refuseSize(files: readonly ImportFile[], limits: ImportLimits): Problem | null {
  if (files.length === 0) return { level: 'error', code: 'not-compose', message: 'No file was chosen.' };
  if (files.length > limits.files) return { level: 'error', code: 'too-many-files', message: `${files.length} files were chosen; ${limits.files} is the most that one import reads.` };
  const large = files.find(({ text }) => text.length > limits.bytes);
  return large ? { level: 'error', code: 'too-large', message: `${large.name} is larger than ${limits.bytes / 1024 / 1024} MB; no Compose file is.`, where: large.name } : null;
}

/** `depends_on` and `links` to services that no file defines. */
function unknownTargets({ services }: Project): Problem[] {
  const names = new Set([...services].flatMap(([name, part]) => [name, ...part.names]));
  return [...services.values()].flatMap((part) => {
    const missing = [
      ...[...part.depends].map(([name, { place }]) => ({ key: 'depends_on', name, place })),
      ...[...part.links.values()].map(({ service, place }) => ({ key: 'links', name: service, place })),
    ].filter(({ name }) => !names.has(name));
    return missing.map(({ key, name, place: { file, line } }): Problem => ({
      level: 'warning', code: 'unknown-service', message: `${file}${line > 0 ? `, line ${line}` : ''}: \`${key}\` names \`${name.slice(0, 80)}\`, which no service defines. Everything else was read.`, where: file, ...(line > 0 ? { line } : {}),
    }));
  });
}

function profiles({ services }: Project): Problem[] {
  const names = [...new Set([...services.values()].flatMap((part) => part.profiles))].sort();
  return names.length === 0 ? [] : [{ level: 'info', code: 'profiles', message: `Services of the profiles ${names.slice(0, 8).map((name) => `\`${name.slice(0, 40)}\``).join(', ')} are drawn as well; Compose starts them only when asked.` }];
}

/**
 * Read Compose files (with their `.env`, `extends`, `include` and `env_file`, as far as `readRelated` hands them out)
 * as a proposal for a drawing: types by image, name, command and build; connections by depends_on, links, variables,
 * commands and written-out configuration. Nothing is invented: what the files do not say is a problem of level info.
 * No value of a variable gets into the report. Deterministic; never throws; a refusal is a whole sentence.
 */
export async function parseCompose(files: readonly ImportFile[], options: ImportOptions): Promise<Result<ImportReport>> {
  const limits = options.limits ?? IMPORT_LIMITS;
  const refused = refuseSize(files, limits);
  if (refused) return err(refused);
  const problems = createProblemList();
  const report = (problem: Problem): void => problems.add(problem);
  const read = await new ProjectReader(files, options, limits, report).read();
  if (!read.ok) return read;
  if (stopped(options.signal)) return err(STOPPED);
  const project = read.value;
  if (project.services.size === 0) return err({ level: 'error', code: 'no-services', message: `${files[0]?.name ?? 'The file'} defines no service, so there is nothing to draw.` });
  for (const problem of [...unknownTargets(project), ...profiles(project)]) report(problem);
  const drawn = stageServices(project.services, options.catalog.components, report);
  const edges = connect(drawn, report);
  if (stopped(options.signal)) return err(STOPPED);
  const entries = [...drawn.values()].some(({ component, name }) => component.type === 'client' && edges.some(({ from }) => from === name)) ? [] : findEntries(drawn.values(), edges);
  for (const problem of unknownConnections(drawn, edges, entries)) report(problem);
  const { design, guesses, entry } = assemble(project.title, { drawn, edges, entries, groups: groupsOf(drawn.values()) }, options);
  await place(design, options);
  const normalised = normaliseDesign(design, typeVocabulary(options.catalog.components));
  const fatal = normalised.problems.find(({ level }) => level === 'error');
  if (fatal) return err(fatal);
  for (const problem of normalised.problems) report(problem);
  return ok({ format: 'compose', sources: project.sources, design: normalised.design, guesses, problems: problems.list(), notFollowed: project.notFollowed, entry });
}
