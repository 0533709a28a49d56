import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { printPlumb } from '../../../shared/model/plumb-file.ts';
import { design as draw } from '../../../tests/support/design-builder.ts';
import type { Design, ParamValue } from '../../../shared/model/design.ts';
import { RefusedInput } from '../errors.ts';
import type { CliIo } from '../io.ts';
import { run } from '../run.ts';
import { exportCommand } from './export.ts';

const design = catalog.templates.find(({ id }) => id === 'video-pipeline')?.design ?? expect.unreachable();
const plumb = printPlumb(design);

/** Two zones, one of them with the only database; `cpu_ms` of the service is the question. */
function threeBox(cpu_ms: ParamValue): Design {
  return draw().client('Web').service('Api', { cpu_ms, autoscale: { min: 2, max: 40, target: 0.6, lag_s: 60 } }).rdbms('Db').chain('Web', 'Api', 'Db').build();
}

const uncertain = printPlumb(threeBox({ low: 4, likely: 8, high: 30, provenance: 'U' }));

async function plumbline(...argv: string[]): Promise<{ code: number; out: string; err: string; written: Map<string, string | Uint8Array> }> {
  let [out, err] = ['', ''];
  const written = new Map<string, string | Uint8Array>();
  const io: CliIo = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readText: (file) => (file === 'a.plumb' ? Promise.resolve(plumb) : file === 'u.plumb' ? Promise.resolve(uncertain) : Promise.reject(new RefusedInput(`${file} does not exist.`))),
    readRelated: () => Promise.reject(new Error('not used here')),
    write: (file, data) => Promise.resolve(void written.set(file, data)),
  };
  const code = await run([exportCommand], ['export', ...argv], io, '0');
  return { code, out, err, written };
}

describe('export', () => {
  test('a picture with its fonts, at a multiple', async () => {
    const { code, out } = await plumbline('a.plumb', '--to', 'svg', '--multiple', '2', '--theme', 'dark');
    expect(code).toBe(0);
    expect(out).toMatch(/^<svg [^>]*viewBox/);
    expect(out).toContain('At 2x load');
    expect(out).toContain('Saturated');
    expect(out).toContain('data:font/woff2;base64,d09GMg');
    expect(await plumbline('a.plumb', '--to', 'svg', '--multiple', '2', '--theme', 'dark')).toMatchObject({ out });
  });

  test('a report and data, into a file', async () => {
    const report = await plumbline('a.plumb', '--to', 'markdown', '-o', 'out.md');
    expect([report.code, report.out]).toEqual([0, '']);
    expect(report.written.get('out.md')).toContain('# Background video pipeline');
    const data = JSON.parse((await plumbline('a.plumb', '--to', 'json', '--multiple', '2')).out) as { evaluation: { multiple: number }; design: { version: number } };
    expect([data.evaluation.multiple, data.design.version]).toEqual([2, 1]);
    const bare = JSON.parse((await plumbline('a.plumb', '--to', 'json', '--no-evaluation')).out) as { evaluation: unknown };
    expect(bare.evaluation).toBeNull();
  });

  test('ranges where an input is uncertain, and words where they were not computed', async () => {
    const report = (await plumbline('u.plumb', '--to', 'markdown')).out;
    expect(report).toContain('One input is uncertain. A result that they move is followed by its tenth and its ninetieth percentile over 200 runs.');
    expect(report).toMatch(/\| Api CPU per request \| 4 ms \| 8 ms \| 30 ms \| stated \|/);
    expect(report).toMatch(/\| Web to Api[^\n]*\| [\d.]+ m?s, [\d.]+ to [\d.]+ m?s|\| Api \(derived\) [^\n]* [\d.]+ m?s, [\d.]+ (ms )?to [\d.]+/);
    expect(report).toMatch(/\| Api \|[^\n]*\d+ %, \d+ to \d+ cpu/);
    const picture = (await plumbline('u.plumb', '--to', 'svg', '--no-fonts')).out;
    expect(picture).toContain('ranges p10 to p90 of 200 runs');
    expect(picture).toMatch(/>\d+ to \d+ %</);
    const without = (await plumbline('u.plumb', '--to', 'svg', '--no-fonts', '--no-ranges')).out;
    expect(without).toContain('likely values, ranges not computed');
    expect((await plumbline('u.plumb', '--to', 'markdown', '--no-ranges')).out).toContain('Ranges of the results were not computed');
    const data = JSON.parse((await plumbline('u.plumb', '--to', 'json')).out) as { ranges: { runs: number } };
    expect(data.ranges.runs).toBe(200);
    expect((await plumbline('a.plumb', '--to', 'markdown')).out).not.toContain('uncertain');
  });

  test.each([
    [['a.plumb'], 3, 'needs --to'],
    [['a.plumb', '--to', 'png'], 3, 'not "png"'],
    [['a.plumb', '--to', '__proto__'], 3, 'not "__proto__"'],
    [['--to', 'svg'], 3, 'takes one file'],
    [['a.plumb', '--to', 'svg', '--theme', 'pink'], 3, 'light or dark'],
    [['a.plumb', '--to', 'svg', '--scale', '0'], 3, '--scale'],
    [['a.plumb', '--to', 'svg', '--multiple', 'x'], 3, '--multiple'],
    [['b.plumb', '--to', 'svg'], 2, 'does not exist'],
  ])('%j ends with %i', async (argv, code, words) => {
    const result = await plumbline(...argv);
    expect([result.code, result.err]).toEqual([code, expect.stringContaining(words)]);
  });
});
