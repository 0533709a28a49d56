/** Every way in which a user's read is answered, with its share of the reads of each subject (semantics 6). */
import type { EvaluationContext } from '../context.ts';
import { floats, wholes } from '../math/lists.ts';
import type { JourneyVisits } from '../traffic.ts';
import { READ, type Call, type EdgeFacts } from '../types.ts';
import { Answers } from './answers.ts';
import { isStore } from './data-map.ts';
import { ReadLog, Readers, type Answer, type Lane } from './read-log.ts';
import { readersAsk, type ReadersAsk } from './requirements.ts';
import { edgeAnswer } from './staleness.ts';
import type { Subjects } from './subjects.ts';

/** Reads of all journeys that wait for them: a log for each subject, and which journeys take its lanes. */
export interface ReadLogs { readonly logs: readonly ReadLog[]; readonly readers: Readers }

/** Walks the reads of all journeys and fills a log for each subject. */
class ReadWalk implements ReadLogs {
  readonly logs: readonly ReadLog[];
  readonly readers: Readers;
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
  /** The present journey asks for more than some subject does. */
  private asksMore = false;
  private slots: JourneyVisits['slots'] = floats(0);
  private reach: JourneyVisits['reach'] = wholes(0);
  private ownReads: readonly number[] | null = null;

  constructor(context: EvaluationContext, subjects: Subjects) {
    const { compiled } = context;
    const steps = subjects.map.reads.stepUse.length;
    this.context = context;
    this.subjects = subjects;
    this.logs = subjects.list.map(() => new ReadLog());
    this.readers = new Readers(compiled.journeys.length, steps);
    this.answers = new Answers(context, subjects);
    this.asked = readersAsk(compiled, subjects.list);
    this.edgeCached = compiled.nodes.some((facts) => facts.edgeCache !== null);
    this.stepAnswers = new Array<Answer | undefined>(steps);
    this.stepLanes = new Array<Lane | undefined>(steps);
  }

  /** Add the reads of a journey; journeys come in order. */
  walk(journey: number, { slots, reach }: JourneyVisits): void {
    const { calls, asked, subject } = this.subjects.map.reads;
    const { from } = this.subjects.visits;
    this.journey = journey;
    this.share = this.context.compiled.journeys[journey]?.share ?? 0;
    this.asksMore = this.asked.more[journey] === true;
    this.slots = slots;
    this.reach = reach;
    this.ownReads = null;
    this.behind.length = 0;
    for (let k = 0; k < calls.length; k++) {
      const caller = from[asked[k] as number] as number;
      if (reach[caller] !== 1 || !((slots[caller] as number) > 0)) continue;
      if ((subject[k] as number) >= 0) this.plain(k, subject[k] as number);
      else this.call(this.context.compiled.plan.calls[calls[k] as number] as Call, k);
    }
    if (this.edgeCached) this.edgeCaches();
  }

  private isMade(position: number): boolean {
    const caller = this.subjects.visits.from[this.subjects.map.reads.asked[position] as number] as number;
    return this.reach[caller] === 1 && (this.slots[caller] as number) > 0;
  }

  /** Reads of the present journey by whatever is asked first. */
  private readsAt(position: number): number {
    return this.subjects.visits.of(this.subjects.map.reads.asked[position] as number, this.slots) * this.share;
  }

  /** Reads of one subject, which most calls mean: who answers them is the same for all journeys. */
  private plain(position: number, subject: number): void {
    const { miss } = this.context.flows;
    const { firstStep, stepUse } = this.subjects.map.reads;
    const end = firstStep[position + 1] as number;
    let left = this.readsAt(position);
    for (let step = firstStep[position] as number; step < end; step++) {
      const use = stepUse[step] as number;
      const onward = use >= 0 ? (miss[use] as number) : 0;
      const here = left * (1 - onward);
      if (here > 0) this.noteStep(step, subject, here);
      left *= onward;
    }
  }

  private noteStep(step: number, subject: number, weight: number): void {
    const answer = (this.stepAnswers[step] ??= this.answerOf(step, subject));
    const lane = (this.stepLanes[step] ??= (this.logs[subject] as ReadLog).all.laneOf(answer, this.readers));
    this.add(subject, lane, answer, weight);
  }

  private answerOf(step: number, subject: number): Answer {
    const { stepEdge, stepUse } = this.subjects.map.reads;
    const facts = this.context.compiled.edges[stepEdge[step] as number] as EdgeFacts;
    const use = stepUse[step] as number;
    return use >= 0 ? this.answers.cached(facts, use) : this.answers.storedFor(facts, subject);
  }

  private note(subject: number, answer: Answer, weight: number): void {
    this.add(subject, (this.logs[subject] as ReadLog).all.laneOf(answer, this.readers), answer, weight);
  }

  private add(subject: number, lane: Lane, answer: Answer, weight: number): void {
    const log = this.logs[subject] as ReadLog;
    log.all.add(lane, answer.staleness, weight);
    this.readers.note(lane.at, this.journey);
    if (this.asksMore) this.addStricter(log, subject, answer, weight);
    if (this.edgeCached) this.behind.push({ subject, weight });
  }

  private addStricter(log: ReadLog, subject: number, answer: Answer, weight: number): void {
    const asked = this.asked.of(this.journey, subject);
    if (asked === null) return;
    const own = log.asking(asked);
    own.add(own.laneOf(answer, this.readers), answer.staleness, weight);
  }

  private addEach(subjects: readonly number[], answer: Answer, weight: number): void {
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
    const { plan, edges } = this.context.compiled;
    this.subjects.map.reads.calls.forEach((call, k) => {
      if (!this.isMade(k)) return;
      const { view } = edges[(plan.calls[call] as Call).edge] as EdgeFacts;
      if (isStore(view.to)) for (const subject of this.subjects.ofEdge(view, this.journey, READ)) found.add(subject);
    });
    return [...found].sort((a, b) => a - b);
  }

  private call(call: Call, position: number): void {
    const { compiled, flows } = this.context;
    const facts = compiled.edges[call.edge] as EdgeFacts;
    let left = this.readsAt(position);
    for (const lookup of call.lookups) {
      const { edge, looksUp } = compiled.plan.calls[lookup] as Call;
      const onward = flows.miss[looksUp] as number;
      this.addEach(this.subjectsOf(call, looksUp), this.answers.cached(compiled.edges[edge] as EdgeFacts, looksUp), left * (1 - onward));
      left *= onward;
    }
    if (call.looksUp >= 0) {
      this.addEach(this.subjectsOf(call, call.looksUp), this.answers.cached(facts, call.looksUp), left * (1 - (flows.miss[call.looksUp] as number)));
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
      else this.addEach(this.subjects.listed(this.journey, READ), answer, visits * this.share);
    });
  }
}

/** Reads of all journeys that wait for them. */
export function readLogs(context: EvaluationContext, subjects: Subjects): ReadLogs {
  const walk = new ReadWalk(context, subjects);
  for (let journey = 0; journey < context.visits.length; journey++) walk.walk(journey, context.visits[journey] as JourneyVisits);
  return walk;
}
