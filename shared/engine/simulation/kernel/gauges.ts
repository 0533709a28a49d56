/** What is counted while the simulation runs: waiting tasks of each node, work done by each resource. */
export class Gauges {
  /** Tasks that wait at each node. */
  waiting = new Int32Array(0);
  arrivals = new Float64Array(0);
  refused = new Float64Array(0);
  /** Server-seconds of work started by each resource, its servers in service, and the node it belongs to. */
  busy = new Float64Array(0);
  readonly servers: number[] = [];
  readonly nodeOf: number[] = [];
  readonly names: string[] = [];

  /** A resource with so many servers; returns its number. */
  add(node: number, name: string, servers: number): number {
    this.servers.push(servers);
    this.nodeOf.push(node);
    this.names.push(name);
    return this.servers.length - 1;
  }

  /** Call once when all resources are known. */
  seal(nodes: number): void {
    this.waiting = new Int32Array(nodes);
    this.arrivals = new Float64Array(nodes);
    this.refused = new Float64Array(nodes);
    this.busy = new Float64Array(this.servers.length);
  }
}
