import { emptyDesign, type Boundary, type Design, type DesignNode, type EdgeKind, type Entity, type Journey, type Params, type Settings, type Targets, type Workload } from '../../shared/model/design.ts';

/** Node fields beside id, type and parameters. */
type NodeFields = Partial<Pick<DesignNode, 'name' | 'boundary' | 'zone_spread' | 'team' | 'deployable_group' | 'managed'>>;

/** Builds documents for tests: `design().client('c').service('api').rdbms('db').connect('c', 'api').build()`. Ids are the names given. */
export class DesignBuilder {
  private readonly document: Design;
  private edges = 0;

  constructor(title = 'Test') {
    this.document = emptyDesign(title);
  }

  /** Any component by its type. */
  node(type: string, id: string, params: Params = {}, fields: NodeFields = {}): this {
    this.document.nodes[id] = { id, type, name: fields.name ?? id, params, ...fields };
    return this;
  }

  client(id: string, params: Params = {}): this {
    return this.node('client', id, params);
  }

  kong(id: string, params: Params = {}): this {
    return this.node('gateway-kong', id, params);
  }

  balancer(id: string, params: Params = {}): this {
    return this.node('lb-managed', id, params);
  }

  nginx(id: string, params: Params = {}): this {
    return this.node('nginx', id, params);
  }

  monolith(id: string, params: Params = {}): this {
    return this.node('monolith', id, params);
  }

  service(id: string, params: Params = {}): this {
    return this.node('service', id, params);
  }

  redis(id: string, params: Params = {}): this {
    return this.node('redis', id, params);
  }

  rdbms(id: string, params: Params = {}): this {
    return this.node('rdbms', id, params);
  }

  rabbitmq(id: string, params: Params = {}): this {
    return this.node('rabbitmq', id, params);
  }

  celery(id: string, params: Params = {}): this {
    return this.node('celery-worker', id, params);
  }

  /** A connection; its id is `from>to`, with a number when there are several. */
  connect(from: string, to: string, params: Params = {}, options: { id?: string; kind?: EdgeKind } = {}): this {
    const plain = `${from}>${to}`;
    const id = options.id ?? (Object.hasOwn(this.document.edges, plain) ? `${plain}#${++this.edges}` : plain);
    this.document.edges[id] = { id, from, to, params, ...(options.kind ? { kind: options.kind } : {}) };
    return this;
  }

  /** Connections along a path, without parameters. */
  chain(...ids: string[]): this {
    for (let i = 1; i < ids.length; i++) this.connect(ids[i - 1] as string, ids[i] as string);
    return this;
  }

  journey(id: string, journey: Omit<Journey, 'id' | 'name'> & { name?: string }): this {
    this.document.journeys[id] = { name: id, ...journey, id } as Journey;
    return this;
  }

  entity(id: string, home: string, fields: Partial<Entity> = {}): this {
    this.document.entities[id] = { name: id, ...fields, id, home };
    return this;
  }

  boundary(id: string, kind: Boundary['kind'], parent: string | null = null): this {
    this.document.boundaries[id] = { id, kind, name: id, parent };
    return this;
  }

  workload(workload: Workload): this {
    Object.assign(this.document.workload, workload);
    return this;
  }

  targets(targets: Targets): this {
    Object.assign(this.document.targets, targets);
    return this;
  }

  settings(settings: Settings): this {
    Object.assign(this.document.settings, settings);
    return this;
  }

  build(): Design {
    return structuredClone(this.document);
  }
}

/** Start a design. */
export function design(title?: string): DesignBuilder {
  return new DesignBuilder(title);
}
