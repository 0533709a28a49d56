import { scenarios } from '../../../../catalog/scenarios/index.ts';
import { SCENARIO_KEY, stageDemands, type Scenario } from '../../../../shared/contracts/scenario.ts';
import { emptyDesign, type Design, type Journey } from '../../../../shared/model/design.ts';

/** Id of the source of all requests in a new sheet. */
const CLIENT = 'client';

/** The scenario that a document is drawn against, if any: its id stands in the document's settings. */
export function scenarioOf(design: Design | null): Scenario | null {
  const id: unknown = design?.settings[SCENARIO_KEY];
  return scenarios.find((scenario) => scenario.id === id) ?? null;
}

function drawnFrom(journey: Scenario['journeys'][number], demands: Journey['demands']): Journey {
  return { ...journey, entry: CLIENT, ...(demands === undefined ? {} : { demands }) };
}

/**
 * The sheet to begin with: what the scenario gives to start from, or workload, targets, and a client from which its journeys
 * take whatever way is drawn.
 */
export function startingDesign(scenario: Scenario): Design {
  const { id, title, workload, targets, settings, journeys, start } = scenario;
  if (start !== undefined) return start;
  const empty = emptyDesign(title);
  return {
    ...empty,
    workload,
    targets,
    settings: { ...settings, [SCENARIO_KEY]: id },
    nodes: { [CLIENT]: { id: CLIENT, type: 'client', name: 'Client', params: {} } },
    journeys: Object.fromEntries(journeys.map((journey) => [journey.id, drawnFrom(journey, stageDemands(scenario, journey.id))])),
    layout: { ...empty.layout, nodes: { [CLIENT]: { x: 0, y: 0 } } },
  };
}
