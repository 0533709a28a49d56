import { ORACLE_MODELS, runOracleCases } from '../../../shared/engine/oracle/run.ts';
import { stableStringify } from '../../../shared/lib/stable-json.ts';
import { EXIT, type Command } from '../command.ts';
import { RefusedInput, WrongUsage } from '../errors.ts';

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RefusedInput(`${file} is not JSON.`);
  }
}

/** `plumbline oracle FILE`: known answers through the engine's formulas. Exit code 1 when one is out of tolerance. */
export const oracleCommand: Command = {
  name: 'oracle',
  summary: 'Check the formulas against a list of known answers.',
  usage: 'FILE [--json]',
  details: [
    'FILE    a JSON list of {id, model, inputs, expected, tolerance}',
    '--json  the outcome as JSON: total, passed, failed, failures',
    `Models: ${ORACLE_MODELS.join(', ')}`,
  ],
  options: { json: { type: 'boolean' } },
  run: async ({ values, positionals }, io) => {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new WrongUsage('oracle takes one file');
    const outcome = runOracleCases(parse(file, await io.readText(file)));
    if (values['json'] === true) io.out(stableStringify(outcome));
    else {
      for (const { id, model, result, message } of outcome.failures) io.out(`${id} (${model}${result === '' ? '' : `, ${result}`}): ${message}\n`);
      io.out(`${outcome.passed} passed, ${outcome.failed} failed\n`);
    }
    return outcome.failed === 0 ? EXIT.ok : EXIT.findings;
  },
};
