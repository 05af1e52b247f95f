import type { BrokerAddress } from '#lib/model/columns.ts';
import type { ClusterContext } from './context.ts';
import type { MetadataHead } from './metadata-codec.ts';

/** What is known of the brokers of a cluster: those that its last metadata named. */
export class KnownBrokers {
  clusterId: string | null = null;
  controllerId = -1;
  /** When they were last told, on the monotonic clock; 0 when never. */
  learnedAt = 0;
  private readonly context: ClusterContext;
  private byId = new Map<number, BrokerAddress>();

  constructor(context: ClusterContext) {
    this.context = context;
  }

  get(id: number): BrokerAddress | undefined {
    return this.byId.get(id);
  }

  all(): BrokerAddress[] {
    return [...this.byId.values()];
  }

  /** Takes over a newer answer. A broker that is named again after an absence may be tried at once. */
  learn(head: MetadataHead): void {
    const before = this.byId;
    this.byId = new Map(head.brokers.map((broker) => [broker.id, broker]));
    this.clusterId = head.clusterId;
    this.controllerId = head.controllerId;
    if (this.learnedAt > 0) {
      for (const broker of head.brokers) {
        if (!before.has(broker.id))
          this.context.peer({ host: broker.host, port: broker.port }).breaker.hint();
      }
    }
    this.learnedAt = performance.now();
  }
}
