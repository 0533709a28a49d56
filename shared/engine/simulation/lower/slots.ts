/** The walk's states as programs: what one invocation of a node does, call by call. */
import type { EdgeView } from '../../../contracts/graph-view.ts';
import { READ, type Call, type EdgeFacts, type NodeFacts, type Op } from '../../types.ts';
import * as op from '../kernel/program.ts';
import { slotPlace, type CallPlan, type ChoicePlan } from '../kernel/program.ts';
import { answersOf, leavesWork } from './common.ts';
import type { Lowering, SimNode } from './parts.ts';
import { limitOf } from './edge-limits.ts';

const NONE = -1;
const CERTAIN = 1 - 1e-9;

/** Writes the programs of all slots. */
export class SlotWriter {
  private readonly lowering: Lowering;
  private readonly nodes: readonly SimNode[];
  private readonly limits = new Map<number, number>();
  private readonly entries: { pc: number; exit: number }[] = [];
  /** Of messages whose senders wait: who works on them and answers. */
  private readonly answers: ReadonlyMap<Call, Call>;

  constructor(lowering: Lowering, nodes: readonly SimNode[]) {
    this.lowering = lowering;
    this.nodes = nodes;
    this.answers = answersOf(lowering.compiled);
  }

  /** Where a slot begins, and where it is left after a failure. */
  entry(slot: number): { readonly pc: number; readonly exit: number } {
    return this.entries[slot] as { pc: number; exit: number };
  }

  /** Write one slot. */
  write(slot: number): void {
    const { compiled, machine, deferred } = this.lowering;
    const { plan } = compiled;
    const { program } = machine;
    const index = plan.slotNode[slot] as number;
    const facts = compiled.nodes[index] as NodeFacts;
    const node = this.nodes[index] as SimNode;
    const pc = program.here;
    this.enter(slot);
    const calls = plan.calls.slice(plan.firstCall[slot], plan.endCall[slot]).filter(({ reply }) => reply !== 'given');
    if (calls.length > 0) this.calls(facts, plan.slotSplit[slot] === true, calls);
    const exit = program.here;
    node.end();
    program.emit(op.END);
    this.entries[slot] = { pc, exit };
    while (deferred.length > 0) deferred.shift()?.();
  }

  private calls(facts: NodeFacts, split: boolean, calls: readonly Call[]): void {
    const { program } = this.lowering.machine;
    const batched = facts.view.in.some((edge) => edge.params.values.batch > 1 && edge.params.values.per === 'message');
    const first = batched ? program.emit(op.ROUNDS) + op.WIDTH : NONE;
    const waited = calls.filter((call) => call.wait === 'wait');
    if (split) this.split(facts, waited);
    else this.fanOut(facts, waited);
    this.messages(facts, calls.filter((call) => call.wait === 'async' && !call.push));
    if (batched) program.emit(op.NEXT_ROUND, first);
  }

  private edge(call: Call): EdgeView | null {
    return this.lowering.compiled.edges[call.edge]?.view ?? null;
  }

  private limit(edge: number, caller: NodeFacts): number {
    const known = this.limits.get(edge);
    if (known !== undefined) return known;
    const facts = this.lowering.compiled.edges[edge] as EdgeFacts;
    const made = limitOf(this.lowering, facts, caller, this.nodes[caller.view.index] as SimNode);
    this.limits.set(edge, made);
    return made;
  }

  /** The call as the machine makes it. */
  private plan(call: Call, facts: NodeFacts, limited: boolean): number {
    const { compiled, machine, uses } = this.lowering;
    const values = this.edge(call)?.params.values;
    const store = (compiled.nodes[compiled.plan.slotNode[call.to] as number] as NodeFacts).store !== null;
    const callee = compiled.nodes[compiled.plan.slotNode[call.to] as number];
    return machine.program.call({
      pc: slotPlace(call.to), exit: 0, tripS: call.tripS, limit: limited ? this.limit(call.edge, facts) : NONE, edge: call.edge,
      looksUp: call.looksUp < 0 ? NONE : (uses[call.looksUp] as number), deletes: call.deletes < 0 ? NONE : (uses[call.deletes] as number),
      hard: limited ? call.hard : call.wait === 'async' && (call.hard || leavesWork(compiled, [call.to])), waits: facts.pool !== null && callee?.view.behavior.role === 'external',
      primary: store && values?.routing === 'primary', scatter: store ? (values?.scatter_fraction ?? 0) : 0, doubled: store ? (values?.cross_shard_txn_fraction ?? 0) : 0,
      batch: call.batch?.size ?? 1, windowS: call.batch?.windowS ?? 0, perMessage: call.drive > call.arrive,
    });
  }

  /** The key that a call is about, when a cache asks for it. */
  private key(call: Call): number | null {
    const { compiled, uses } = this.lowering;
    const first = call.lookups[0];
    const use = first !== undefined ? (compiled.plan.calls[first] as Call).looksUp : Math.max(call.looksUp, call.deletes);
    return use < 0 ? null : (uses[use] as number);
  }

  private invoke(call: number): void {
    const { program } = this.lowering.machine;
    program.emit(op.CALL, call);
    program.emit(op.AFTER, call);
  }

  private fill(use: number): void {
    const { compiled, machine, uses } = this.lowering;
    machine.program.emit(op.FILL, uses[use] as number);
    const snippet = this.nodes[(compiled.uses[use] as { cache: number }).cache]?.fill ?? NONE;
    if (snippet !== NONE) machine.program.emit(op.BACKGROUND, snippet);
  }

  /** One call with the look-ups before it, as often as it is made. */
  private make(call: Call, facts: NodeFacts, probability: number): void {
    const { compiled, machine } = this.lowering;
    const { program } = machine;
    const ends: { at: number; operand: 1 | 2 }[] = [];
    const own = facts.view.index;
    const series = call.op === READ ? call.gates.find((gate) => compiled.uses[gate]?.cache === own) : undefined;
    if (series !== undefined) ends.push({ at: program.emit(op.IF_HIT), operand: 1 });
    if (probability < CERTAIN) ends.push({ at: program.emit(op.CHANCE, program.number(probability)), operand: 2 });
    const uneven = this.edge(call)?.params.values.calls_cs2 ?? 0;
    const repeated = uneven > 0 || Math.abs(call.trips - 1) > 1e-9;
    if (repeated) ends.push({ at: this.times(call.trips, uneven), operand: 2 });
    const again = program.here;
    const key = this.key(call);
    if (key !== null) program.emit(op.KEY, key);
    const hits = call.lookups.map((position) => {
      const lookup = compiled.plan.calls[position] as Call;
      this.invoke(this.plan(lookup, facts, false));
      return program.emit(op.IF_HIT);
    });
    const planned = this.plan(call, facts, true);
    const answer = this.answers.get(call);
    if (answer) this.awaitAnswer(planned, call, answer);
    this.invoke(planned);
    this.pipelined(call, facts);
    for (const position of call.lookups) this.fill((compiled.plan.calls[position] as Call).looksUp);
    if (series !== undefined) this.fill(series);
    for (const hit of hits) program.land(hit, 1);
    if (repeated) program.emit(op.LOOP, again);
    for (const { at, operand } of ends) program.land(at, operand);
  }

  /** How often a call is made: a whole number, or one that varies; rounding it to a whole one brings a sixth of variance. */
  private times(mean: number, cs2: number): number {
    const { program, kernel } = this.lowering.machine;
    return cs2 > 0 ? program.emit(op.COUNT_BY, kernel.laws.of(mean, Math.max(1e-6, cs2 - 1 / (6 * mean * mean)))) : program.emit(op.COUNT, program.number(mean));
  }

  /** Through the broker, to whoever works on the message, and with the answer through the broker again; messages delivered twice are worked on beside. */
  private awaitAnswer(planned: number, asked: Call, answer: Call): void {
    const { compiled, machine, deferred } = this.lowering;
    const { plan, nodes } = compiled;
    const { program } = machine;
    const broker = plan.slotNode[asked.to] as number;
    const facts = nodes[broker] as NodeFacts;
    deferred.push(() => {
      const pc = program.here;
      this.enter(asked.to);
      const work = this.plan({ ...answer, tripS: Math.max(0, answer.tripS - (facts.broker?.publish_s ?? 0)) }, facts, false);
      program.calls[work] = { ...(program.calls[work] as CallPlan), hard: true };
      this.invoke(work);
      const delivery = plan.calls.slice(plan.firstCall[asked.to], plan.endCall[asked.to]).find((call) => call.wait === 'async' && call.to === answer.to);
      if (delivery && delivery.rate > 1 + 1e-9) program.emit(op.SEND, this.plan({ ...delivery, hard: false, batch: null }, facts, false), program.number(delivery.rate - 1));
      this.enter(asked.to);
      const exit = program.emit(op.END);
      program.calls[planned] = { ...(program.calls[planned] as CallPlan), pc, exit };
    });
  }

  /** The instructions of one invocation up to its calls. */
  private enter(slot: number): void {
    const { compiled: { plan }, machine, failing } = this.lowering;
    const index = plan.slotNode[slot] as number;
    if (failing) machine.program.emit(op.GATE, index);
    this.nodes[index]?.begin(plan.slotOp[slot] as Op, plan.slotCpuS[slot] as number, plan.slotIoS[slot] as number, plan.slotCs2[slot] as number, plan.slotStored[slot] ?? null);
  }

  /** The other operations of one round trip: load, but no further wait. */
  private pipelined(call: Call, facts: NodeFacts): void {
    const trips = call.trips * call.probability;
    const more = trips > 0 ? call.rate / trips - 1 : 0;
    if (more < 1e-9) return;
    const { program } = this.lowering.machine;
    const plan = this.plan({ ...call, wait: 'async', hard: false }, facts, false);
    program.emit(op.SEND, plan, program.number(more));
  }

  private choice(ways: readonly { readonly share: number; readonly call: Call; write(): void }[], policy: ChoicePlan['policy'], alternatives: boolean): void {
    const { compiled, machine } = this.lowering;
    const { program } = machine;
    const total = ways.reduce((sum, { share }) => sum + share, 0);
    const none = total < CERTAIN ? program.emit(op.CHANCE, program.number(total)) : NONE;
    const index = program.choices.length;
    program.choices.push({ pcs: [], shares: [], groups: [], nodes: [], policy, alternatives });
    program.emit(op.PICK, index);
    const pcs: number[] = [];
    const ends = ways.map(({ write }) => {
      pcs.push(program.here);
      write();
      return program.emit(op.JUMP);
    });
    for (const end of ends) program.land(end, 1);
    if (none !== NONE) program.land(none, 2);
    const nodes = ways.map(({ call }) => compiled.plan.slotNode[call.to] as number);
    program.choices[index] = {
      pcs, shares: ways.map(({ share }) => (total > 0 ? share / total : 1 / ways.length)), nodes, policy, alternatives,
      groups: nodes.map((node) => this.nodes[node]?.groups[0] ?? NONE),
    };
  }

  /** Threads side by side; their code stands behind the slot. */
  private together(calls: readonly Call[], facts: NodeFacts, certain: boolean): void {
    const { machine, deferred } = this.lowering;
    const { program } = machine;
    const index = program.forks.length;
    program.forks.push({ pcs: [], exit: 0, lanes: 0 });
    program.emit(op.FORK, index);
    program.emit(op.JOIN);
    deferred.push(() => {
      const exits: number[] = [];
      const pcs = calls.map((call) => {
        const at = program.here;
        this.make(call, facts, certain ? 1 : call.probability);
        exits.push(program.emit(op.END));
        return at;
      });
      program.forks[index] = { pcs, exit: exits[0] ?? 0, lanes: 0 };
    });
  }

  /** Each request to exactly one target; a scatter asks all of them. */
  private split(facts: NodeFacts, calls: readonly Call[]): void {
    if (calls.length === 0) return;
    const { program } = this.lowering.machine;
    const scatter = calls.reduce((most, call) => Math.max(most, call.scatter), 0);
    let done = NONE;
    if (scatter > 0) {
      const one = program.emit(op.CHANCE, program.number(scatter));
      this.together(calls, facts, true);
      done = program.emit(op.JUMP);
      program.land(one, 2);
    }
    const rest = scatter < 1 ? 1 / (1 - scatter) : 0;
    const policy = facts.balancer?.policy;
    const dealt = facts.split === 'balance' && (policy === 'round_robin' || policy === 'least_outstanding' || policy === 'power_of_two') ? policy : 'weights';
    this.choice(calls.map((call) => ({ share: (call.probability - call.scatter) * rest, call, write: () => this.make(call, facts, 1) })), dealt, facts.split === 'balance' || calls.some((call) => this.lowering.compiled.edges[call.edge]?.alternatives));
    if (done !== NONE) program.land(done, 1);
  }

  /** All calls: those in sequence, one of each set of alternatives, and the parallel groups. */
  private fanOut(facts: NodeFacts, calls: readonly Call[]): void {
    const chosen = new Set<string>();
    const groups = new Map<string, Call[]>();
    for (const call of calls) {
      if (call.group !== null) {
        groups.set(call.group, [...(groups.get(call.group) ?? []), call]);
        continue;
      }
      const key = this.lowering.compiled.edges[call.edge]?.alternatives ?? null;
      const others = key === null ? [call] : calls.filter((other) => other.group === null && this.lowering.compiled.edges[other.edge]?.alternatives === key);
      if (key === null || others.length === 1) {
        this.make(call, facts, call.probability);
      } else if (!chosen.has(key)) {
        chosen.add(key);
        this.choice(others.map((other) => ({ share: other.probability, call: other, write: () => this.make(other, facts, 1) })), 'weights', true);
      }
    }
    for (const group of groups.values()) this.together(group, facts, false);
  }

  /** Messages to one consumer of each group, and whatever else nobody waits for. */
  private messages(facts: NodeFacts, calls: readonly Call[]): void {
    const { program } = this.lowering.machine;
    const groups = new Map<string, Call[]>();
    for (const call of calls) {
      const view = this.edge(call);
      const delivers = facts.view.behavior.routing !== 'store' && (view?.kind === 'consume' || view?.kind === 'trigger');
      const key = !delivers || !view ? `call:${groups.size}` : view.params.values.group || (facts.broker?.default_group === 'shared' ? 'shared' : `edge:${view.id}`);
      groups.set(key, [...(groups.get(key) ?? []), call]);
    }
    const send = (call: Call, count: number): void => void program.emit(op.SEND, this.plan(call, facts, false), program.number(count));
    for (const group of groups.values()) {
      if (group.length === 1) {
        send(group[0] as Call, (group[0] as Call).rate);
        continue;
      }
      const weights = group.map((call) => this.edge(call)?.params.values.weight ?? 1);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const ways = group.map((call, i) => ({ share: total > 0 ? (weights[i] as number) / total : 0, call }));
      this.choice(ways.filter(({ share }) => share > 0).map(({ share, call }) => ({ share, call, write: () => send(call, call.rate / share) })), 'weights', true);
    }
  }
}
