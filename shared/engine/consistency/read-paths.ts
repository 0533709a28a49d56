/** Every way in which a user's read is answered, with its share of the reads of each subject (semantics 6). */
import type { EvaluationContext } from '../context.ts';
import { READ, type Call, type EdgeFacts } from '../types.ts';
import { Answers } from './answers.ts';
import { isStore } from './data-map.ts';
import { ReadLog, type Answer, type Lane } from './read-log.ts';
import { readersAsk, type ReadersAsk } from './requirements.ts';
import { edgeAnswer } from './staleness.ts';
import type { Subjects } from './subjects.ts';

/** Walks the reads of all journeys and fills a log for each subject. */
class ReadWalk {
  readonly logs: readonly ReadLog[];
  private readonly context: EvaluationContext;
  private readonly subjects: Subjects;
  private readonly answers: Answers;
  private readonly asked: ReadersAsk;
  private readonly edgeCached: boolean;
  /** Reads of the present journey, for what content delivery networks keep from them. Empty where there is none. */
  private readonly behind: { readonly subject: number; readonly weight: number }[] = [];
  /** By step of the calls that mean one subject: its answer, and where that is added up. */
  private readonly stepAnswers: (Answer | undefined)[];
  private readonly stepLanes: (Lane | undefined)[];
  private journey = 0;
  private share = 0;
  private slots: Float64Array = new Float64Array(0);
  private reach: Uint8Array = new Uint8Array(0);
  private ownReads: readonly number[] | null = null;

  constructor(context: EvaluationContext, subjects: Subjects) {
    this.context = context;
    this.subjects = subjects;
    this.logs = subjects.list.map(() => new ReadLog());
    this.answers = new Answers(context, subjects);
    this.asked = readersAsk(context.compiled, subjects.list);
    this.edgeCached = context.compiled.nodes.some((facts) => facts.edgeCache !== null);
    const steps = subjects.map.reads.stepUse.length;
    this.stepAnswers = new Array<Answer | undefined>(steps);
    this.stepLanes = new Array<Lane | undefined>(steps);
    context.visits.forEach((visits, journey) => {
      this.journey = journey;
      this.share = context.compiled.journeys[journey]?.share ?? 0;
      this.slots = visits.slots;
      this.reach = visits.reach;
      this.ownReads = null;
      this.walk();
    });
  }

  private isMade(position: number): boolean {
    const from = this.subjects.map.reads.asked.from[position] as number;
    return this.reach[from] === 1 && (this.slots[from] as number) > 0;
  }

  private walk(): void {
    const { calls, subject } = this.subjects.map.reads;
    if (this.edgeCached) this.behind.length = 0;
    for (let k = 0; k < subject.length; k++) {
      if (!this.isMade(k)) continue;
      if ((subject[k] as number) >= 0) this.plain(k, subject[k] as number);
      else this.call(calls[k] as Call, k);
    }
    if (this.edgeCached) this.edgeCaches();
  }

  /** Reads of one subject, which most calls mean: who answers them is the same for all journeys. */
  private plain(position: number, subject: number): void {
    const { context: { flows: { miss } }, slots } = this;
    const { asked, firstStep, stepUse } = this.subjects.map.reads;
    const end = firstStep[position + 1] as number;
    let left = asked.visits(position, slots, miss) * this.share;
    for (let step = firstStep[position] as number; step < end; step++) {
      const use = stepUse[step] as number;
      const onward = use >= 0 ? (miss[use] as number) : 0;
      const here = left * (1 - onward);
      if (here > 0) this.noteStep(step, subject, here);
      left *= onward;
    }
  }

  private noteStep(step: number, subject: number, weight: number): void {
    const log = this.logs[subject] as ReadLog;
    const answer = (this.stepAnswers[step] ??= this.answerOf(step, subject));
    const lane = (this.stepLanes[step] ??= log.all.laneOf(answer));
    this.addTo(log, subject, lane, answer, weight);
  }

  private answerOf(step: number, subject: number): Answer {
    const { stepEdge, stepUse } = this.subjects.map.reads;
    const facts = this.context.compiled.edges[stepEdge[step] as number] as EdgeFacts;
    const use = stepUse[step] as number;
    return use >= 0 ? this.answers.cached(facts, use) : this.answers.storedFor(facts, subject);
  }

  private note(subject: number, answer: Answer, weight: number): void {
    const log = this.logs[subject] as ReadLog;
    this.addTo(log, subject, log.all.laneOf(answer), answer, weight);
  }

  private addTo(log: ReadLog, subject: number, lane: Lane, answer: Answer, weight: number): void {
    log.all.add(lane, answer.staleness, this.journey, weight);
    const asked = this.asked(this.journey, subject);
    if (asked !== null) log.addStricter(asked, this.journey, answer, weight);
    if (this.edgeCached) this.behind.push({ subject, weight });
  }

  private add(subjects: readonly number[], answer: Answer, weight: number): void {
    if (!(weight > 0)) return;
    for (const subject of subjects) this.note(subject, answer, weight / subjects.length);
  }

  /** What a cached read means: what the store behind means, else the cache's entity, else what the journey reads. */
  private subjectsOf(call: Call, use: number): readonly number[] {
    const { view } = this.context.compiled.edges[call.edge] as EdgeFacts;
    if (isStore(view.to)) return this.subjects.ofEdge(view, this.journey, READ);
    const named = this.subjects.indexOf(this.context.compiled.uses[use]?.entity ?? '');
    if (named !== undefined) return [named];
    const listed = this.subjects.listed(this.journey, READ);
    return listed.length > 0 ? listed : (this.ownReads ??= this.readByJourney());
  }

  /** Reads that stores answer to a journey's own calls: what the journey reads at all. */
  private readByJourney(): readonly number[] {
    const found = new Set<number>();
    this.subjects.map.reads.calls.forEach((call, k) => {
      if (!this.isMade(k)) return;
      const { view } = this.context.compiled.edges[call.edge] as EdgeFacts;
      if (isStore(view.to)) for (const subject of this.subjects.ofEdge(view, this.journey, READ)) found.add(subject);
    });
    return [...found].sort((a, b) => a - b);
  }

  private call(call: Call, position: number): void {
    const { compiled, flows } = this.context;
    const facts = compiled.edges[call.edge] as EdgeFacts;
    let left = this.subjects.map.reads.asked.visits(position, this.slots, flows.miss) * this.share;
    for (const lookup of call.lookups) {
      const { edge, looksUp } = compiled.plan.calls[lookup] as Call;
      const onward = flows.miss[looksUp] as number;
      this.add(this.subjectsOf(call, looksUp), this.answers.cached(compiled.edges[edge] as EdgeFacts, looksUp), left * (1 - onward));
      left *= onward;
    }
    if (call.looksUp >= 0) {
      this.add(this.subjectsOf(call, call.looksUp), this.answers.cached(facts, call.looksUp), left * (1 - (flows.miss[call.looksUp] as number)));
    } else if (isStore(facts.view.to)) {
      const meant = this.subjects.ofEdge(facts.view, this.journey, READ);
      const each = left / meant.length;
      if (each > 0) for (const subject of meant) this.note(subject, this.answers.storedFor(facts, subject), each);
    }
  }

  /** Reads that a content delivery network answers itself: as many as it keeps from the paths behind it. */
  private edgeCaches(): void {
    const { plan, nodes } = this.context.compiled;
    const { slots } = this;
    const behind = this.behind.slice();
    slots.forEach((visits, slot) => {
      const facts = nodes[plan.slotNode[slot] as number];
      if (!(visits > 0) || plan.slotOp[slot] !== READ || !facts?.edgeCache) return;
      let passed = 0;
      for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) passed += plan.calls[i]?.probability ?? 0;
      const kept = Math.min(1, Math.max(0, 1 - passed));
      if (kept === 0) return;
      const answer = this.answers.of(facts.view.index, edgeAnswer(facts.edgeCache.ttl_s));
      if (kept < 1) for (const { subject, weight } of behind) this.note(subject, answer, (weight * kept) / (1 - kept));
      else this.add(this.subjects.listed(this.journey, READ), answer, visits * this.share);
    });
  }
}

/** Reads of all journeys that wait for them, one log for each subject. */
export function readLogs(context: EvaluationContext, subjects: Subjects): readonly ReadLog[] {
  return new ReadWalk(context, subjects).logs;
}
