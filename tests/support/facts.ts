import { catalog } from '../../catalog/index.ts';
import type { Facts } from '../../shared/contracts/rule.ts';
import { compileDesign } from '../../shared/engine/compile/compile.ts';
import { solveContext, solveStages } from '../../shared/engine/pipeline.ts';
import { assembleFacts } from '../../shared/engine/result/assemble.ts';
import { stepFacts } from '../../shared/engine/result/steps.ts';
import type { Design } from '../../shared/model/design.ts';

/** What rules see of a drawing. */
export function factsOf(drawn: Design, multiple = 1): Facts {
  const compiled = compileDesign(drawn, catalog);
  const context = solveContext(compiled, multiple);
  return { graph: compiled.graph, evaluation: assembleFacts(solveStages(context, catalog)), components: catalog.components, steps: stepFacts(context) };
}

const known = new WeakMap<Design, Facts>();

/** The same, kept for a drawing that is asked about again and not changed. */
export function knownFacts(drawn: Design): Facts {
  const facts = known.get(drawn) ?? factsOf(drawn);
  known.set(drawn, facts);
  return facts;
}

/** The same object with everything in it frozen. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
