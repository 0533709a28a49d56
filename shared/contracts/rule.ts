import type { Design, ParamValue } from '../model/design.ts';
import type { Component } from './component.ts';
import type { Axis, Evaluation, JourneyStepResult, Severity } from './evaluation.ts';
import type { GraphView } from './graph-view.ts';

/** What users wait for, by the id of the journey. Made when it is first asked for: few rules look, and nobody else does. */
export interface StepFacts {
  /** Step by step in walk order, one for each connection, so that their times add up; empty without such a journey. */
  readonly of: (journey: string) => readonly JourneyStepResult[];
  /** The step over this connection; undefined where nobody waits for one. */
  readonly over: (journey: string, edge: string) => JourneyStepResult | undefined;
  /** Those at which the journey enters. */
  readonly first: (journey: string) => readonly JourneyStepResult[];
  /** Those with more calls than this for each request, in no order. */
  readonly above: (journey: string, calls: number) => readonly JourneyStepResult[];
  /** Whether users wait for more than one connection. */
  readonly several: (journey: string) => boolean;
}

/** What a rule may look at beside the document: engine results only; a rule has no second model of its own. */
export interface Facts {
  readonly graph: GraphView;
  readonly evaluation: Omit<Evaluation, 'findings' | 'scores' | 'overall' | 'rule_failures' | 'rules_run' | 'rules_not_applicable'>;
  readonly components: ReadonlyMap<string, Component>;
  readonly steps: StepFacts;
}

/** Sections of the evaluation a rule asks for; only those are passed. */
export type FactName = 'nodes' | 'edges' | 'journeys' | 'entities' | 'hazards' | 'headroom' | 'breaks' | 'blast' | 'cascades' | 'cuts' | 'cost' | 'burden';

export type RuleTarget = Evaluation['findings'][number]['targets'][number];

/** A mechanical change. Its trade-off is computed: apply, evaluate again, compare every axis. Never authored. */
export interface RuleFix {
  readonly id: string;
  /** Verb first, object named: "Add a standby to Postgres". */
  readonly title: string;
  /** Pure; returns a new valid document. */
  readonly apply: (design: Design) => Design;
}

export interface RuleReport {
  readonly targets: readonly RuleTarget[];
  readonly messageId: string;
  readonly severity: Severity;
  /** Evidence numbers and words that fill the message's placeholders. A function where the report may become a question: of many only one is shown. */
  readonly data: Readonly<Record<string, number | string>> | (() => Readonly<Record<string, number | string>>);
  /** A function where the report may become a question: it is called only for a finding. */
  readonly fixes?: readonly RuleFix[] | (() => readonly RuleFix[]);
  /** False for a case of a penalising rule that only explains (semantics 10); true when absent. */
  readonly subtracts?: boolean;
  /** Journeys affected; their share of traffic orders the list. Defaults to the journeys through the targets. */
  readonly journeys?: readonly string[];
  /** Set when the rule fires only because this practice is unset: the report becomes a question. */
  readonly question?: RuleQuestion;
}

/** A practice that nobody has stated, and what an answer sets. */
export interface RuleQuestion {
  readonly param: string;
  /** What the answers set it on; the first target of the report when absent. */
  readonly targets?: readonly AskedTarget[];
  readonly text: string;
  /** Values that the answers set; true and false when absent. */
  readonly yes?: ParamValue;
  readonly no?: ParamValue;
}

/** What bears parameters. */
export interface AskedTarget { readonly kind: 'node' | 'edge'; readonly id: string }

/** Reports about several elements that ask the same question in the same words: of many only one is shown, so only one is made. */
export interface AlikeReports<E> {
  /** In the order in which they would be reported. */
  readonly about: readonly E[];
  /** What the report about one of them is about: what the answer sets comes first. */
  readonly targets: (element: E) => readonly [AskedTarget, ...RuleTarget[]];
  /** The rest of the report about one of them. Message, severity, journeys and question are the same for all. */
  readonly report: (element: E) => Omit<RuleReport, 'targets'> & { readonly question: RuleQuestion };
}

export interface RuleContext<O> {
  readonly doc: Design;
  readonly facts: Facts;
  readonly options: O;
  /** A callback, so that a wrong messageId errors on its own line. */
  readonly report: (finding: RuleReport) => void;
  /** Several reports at once that differ only in what they are about. */
  readonly ask: <E>(reports: AlikeReports<E>) => void;
  /** Call when nothing in the drawing is of the kind that the rule is about. */
  readonly notApplicable: () => void;
}

export interface RuleExample {
  readonly title: string;
  readonly design: Design;
  /** Message ids expected, for invalid examples. */
  readonly expect?: readonly string[];
}

export interface RuleDefinition<O extends Readonly<Record<string, number>> = Readonly<Record<string, number>>> {
  /** Equal to the file name: the noun in its failing state. */
  readonly id: string;
  readonly meta: {
    readonly title: string;
    readonly failureTitle: string;
    readonly axes: readonly Axis[];
    /** Axes it subtracts from when structural (semantics 10); empty for rules that only explain. */
    readonly penalises: readonly Axis[];
    readonly severity: readonly Severity[];
    readonly kind: 'structural' | 'metric';
    readonly rationale: string;
    readonly tradeOff: string;
    readonly whenNotToApply: string;
    readonly sources: readonly string[];
    /** Rules that this one explains when both fire on one element (semantics 12). */
    readonly explains?: readonly string[];
    /** Concepts of the domain that it teaches. */
    readonly concepts: readonly string[];
  };
  /** Thresholds, editable, each with its reason in a comment beside it. */
  readonly options: O;
  readonly requires: readonly FactName[];
  /** Messages with {placeholders} filled from `data`. */
  readonly messages: Readonly<Record<string, string>>;
  /** A method, so that a rule with options of its own is a rule: whoever calls it gives it just those. */
  check(context: RuleContext<O>): void;
  readonly examples: {
    readonly valid: readonly RuleExample[];
    readonly invalid: readonly RuleExample[];
    readonly notApplicable: readonly RuleExample[];
  };
}

/** A rule with its options erased, as the registry holds it. */
export type Rule = RuleDefinition;

/** Declare a rule. */
export function defineRule<O extends Readonly<Record<string, number>>>(definition: RuleDefinition<O>): Rule {
  return definition;
}
