import type { ClusterConnection, ClusterSecrets, HostPort } from '#lib/model/cluster.ts';
import { addressOf, type ConnectionFacts } from '../translate.ts';
import { Breaker, SignInGate } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import { type CheckAddress, connectTimeoutMs, userOf } from './settings.ts';
import { tokenProvider } from './token.ts';

/** What has been asked of one broker since the client was made. */
export type BrokerUsage = {
  /** `host:port`. */
  address: string;
  state: 'closed' | 'open' | 'half-open';
  /** Requests and how many of them found no answer, by API name. */
  requests: Map<string, { sent: number; failed: number }>;
  connects: number;
  connectFailures: number;
  bytesIn: number;
  bytesOut: number;
  throttledMs: number;
};

export type KafkaEvent =
  | { type: 'broker-lost'; broker: string; code: string }
  | { type: 'broker-back'; broker: string }
  | { type: 'throttled'; broker: string; throttleMs: number }
  | { type: 'sign-in-refused'; broker: string };

/** What one broker address shares over all channels: its health and its counters. */
export type Peer = { endpoint: HostPort; address: string; breaker: Breaker; usage: BrokerUsage };

/** What all connections to one cluster share. */
export class ClusterContext {
  readonly connection: ClusterConnection;
  readonly secrets: ClusterSecrets;
  readonly clientId: string;
  readonly checkAddress: CheckAddress;
  readonly token: () => Promise<string>;
  readonly signIn = new SignInGate();
  readonly bulkhead = new Bulkhead(96, 2_000);
  private readonly peers = new Map<string, Peer>();
  private readonly listeners = new Set<(event: KafkaEvent) => void>();

  constructor(settings: {
    connection: ClusterConnection;
    secrets: ClusterSecrets;
    clientId: string;
    checkAddress: CheckAddress;
  }) {
    this.connection = settings.connection;
    this.secrets = settings.secrets;
    this.clientId = settings.clientId;
    this.checkAddress = settings.checkAddress;
    const { sasl } = settings.connection;
    this.token =
      sasl.mechanism === 'OAUTHBEARER'
        ? tokenProvider(sasl, settings.secrets, settings.checkAddress)
        : () => Promise.resolve('');
  }

  peer(endpoint: HostPort): Peer {
    const address = addressOf(endpoint.host, endpoint.port);
    let peer = this.peers.get(address);
    if (!peer) {
      const breaker = new Breaker();
      const usage: BrokerUsage = {
        address,
        state: 'closed',
        requests: new Map(),
        connects: 0,
        connectFailures: 0,
        bytesIn: 0,
        bytesOut: 0,
        throttledMs: 0,
      };
      peer = { endpoint, address, breaker, usage };
      this.peers.set(address, peer);
    }
    return peer;
  }

  allPeers(): Peer[] {
    return [...this.peers.values()];
  }

  facts(peer: Peer): ConnectionFacts {
    return {
      host: peer.endpoint.host,
      broker: peer.address,
      mechanism: this.connection.sasl.mechanism,
      user: userOf(this.connection),
      timeoutMs: connectTimeoutMs,
    };
  }

  onEvent(listener: (event: KafkaEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  emit(event: KafkaEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch {
        // A listener's fault must not reach the socket handler that reports.
      }
    }
  }
}
