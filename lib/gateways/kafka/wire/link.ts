import type { API } from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import { connectionError, sentenceOf } from '../translate.ts';
import { chooseCodec, type KafkaApi } from './api.ts';
import type { ClusterContext, Peer } from './context.ts';
import { connectionOptions, connectTimeoutMs } from './settings.ts';
import { openWire, type Wire } from './wire.ts';
import { pause, within } from './within.ts';

/** What a call answers, with what it took. */
export type Answer<Value> = { value: Value; version: number; throttleMs: number; broker: string };

export type Deadline = { at: number; timeoutMs: number; signal: AbortSignal | undefined };

/** What a request is made of; a function when it depends on the version that was chosen. */
export type Request<Args extends unknown[]> = Args | ((version: number) => Args | Promise<Args>);

const mostInFlight = 48;
const signInCodes = new Set(['kafka.auth-failed', 'kafka.mechanism-refused', 'kafka.oauth-failed']);

/**
 * The way to one broker for one purpose: at most one connection, opened when it is needed and again when it broke,
 * never faster than its breaker allows.
 */
export class BrokerLink {
  readonly peer: Peer;
  private readonly context: ClusterContext;
  private wire: Wire | null = null;
  private opening: Promise<Wire> | null = null;
  private closed = false;

  constructor(context: ClusterContext, peer: Peer) {
    this.context = context;
    this.peer = peer;
  }

  /** Calls in flight, for choosing the least busy. */
  get load(): number {
    return this.wire?.calls ?? 0;
  }

  /** Connected, and nothing has waited long for an answer. */
  get isHealthy(): boolean {
    const wire = this.wire;
    return (
      Boolean(wire?.usable) &&
      (wire?.waitingSince === 0 || performance.now() - (wire?.waitingSince ?? 0) < 1_500)
    );
  }

  get bytes(): { bytesIn: number; bytesOut: number } {
    return { bytesIn: this.wire?.bytesIn ?? 0, bytesOut: this.wire?.bytesOut ?? 0 };
  }

  /** The open connection, or a new one. Rejects at once while the broker is resting. */
  async open(deadline: Deadline): Promise<Wire> {
    if (this.closed) throw new AppError('kafka.closed');
    const { breaker } = this.peer;
    // The connection of a probe that is under way may be used: its first answer decides.
    if (this.wire?.usable && breaker.state !== 'open') return this.wire;
    const rest = breaker.restMs();
    if (rest > 0 && !this.opening) throw this.resting(rest);
    if (!this.opening) {
      const wait = Math.max(breaker.attemptInMs(), this.context.signIn.waitMs());
      if (wait > 0) throw this.again(wait);
      breaker.attempting();
      this.opening = this.connect().finally(() => {
        this.opening = null;
      });
      this.opening.catch(() => undefined);
    }
    return within(this.opening, deadline.at - performance.now(), deadline.signal, () =>
      this.failure('kafka.connect-timeout', { timeoutMs: deadline.timeoutMs }),
    );
  }

  async call<Args extends unknown[], Value>(
    api: KafkaApi<Args, Value>,
    request: Request<NoInfer<Args>>,
    deadline: Deadline,
  ): Promise<Answer<Value>> {
    const wire = await this.open(deadline);
    const codec = chooseCodec(api, wire.offered);
    const args = typeof request === 'function' ? await request(codec.version) : request;
    await this.awaitThrottle(wire, deadline);
    if (wire.calls >= mostInFlight) throw this.failure('kafka.busy');
    return this.exchange(wire, api, codec, args, deadline);
  }

  private async exchange<Args extends unknown[], Value>(
    wire: Wire,
    api: KafkaApi<Args, Value>,
    codec: API<Args, Value>,
    args: Args,
    deadline: Deadline,
  ): Promise<Answer<Value>> {
    const { usage, breaker } = this.peer;
    const count = usage.requests.get(api.name) ?? { sent: 0, failed: 0 };
    usage.requests.set(api.name, count);
    count.sent += 1;
    try {
      const value = await within(
        wire.send(codec, args),
        deadline.at - performance.now(),
        deadline.signal,
        () => this.failure('kafka.timeout', { api: api.name, timeoutMs: deadline.timeoutMs }),
      );
      breaker.succeeded();
      const throttleMs = this.throttle(wire, api, value);
      return { value, version: codec.version, throttleMs, broker: this.peer.address };
    } catch (error) {
      if (deadline.signal?.aborted && error === deadline.signal.reason) throw error;
      count.failed += 1;
      const failure = this.asFailure(error, api.name);
      // An answer that cannot be read says that the stream is out of step: no further call may use it.
      wire.retire();
      this.lost(failure);
      throw failure;
    }
  }

  close(): void {
    this.closed = true;
    this.forget();
  }

  private async connect(): Promise<Wire> {
    const { peer, context } = this;
    const { host, port } = peer.endpoint;
    peer.usage.connects += 1;
    try {
      const startedAt = performance.now();
      const timedOut = () => this.failure('kafka.connect-timeout', { timeoutMs: connectTimeoutMs });
      const bare = host.replace(/^\[|\]$/g, '');
      const { address } = await within(
        context.checkAddress(bare, port),
        connectTimeoutMs,
        undefined,
        timedOut,
      );
      const options = connectionOptions(context.connection, context.secrets, bare, context.token);
      const leftMs = Math.max(1, connectTimeoutMs - (performance.now() - startedAt));
      const wire = await openWire(context.clientId, options, address, port, leftMs);
      if (this.closed) {
        wire.close();
        throw new AppError('kafka.closed');
      }
      const wasFailing = peer.breaker.failures > 0;
      context.signIn.accepted();
      this.forget();
      this.wire = wire;
      wire.connection.once('close', () => {
        if (this.wire === wire) this.forget();
      });
      if (wasFailing) context.emit({ type: 'broker-back', broker: peer.address });
      return wire;
    } catch (error) {
      const failure = connectionError(error, context.facts(peer));
      peer.usage.connectFailures += 1;
      if (signInCodes.has(failure.code)) {
        context.signIn.refused(failure);
        context.emit({ type: 'sign-in-refused', broker: peer.address });
      }
      this.lost(failure);
      throw failure;
    }
  }

  private lost(failure: AppError): void {
    if (failure.code === 'kafka.closed') {
      this.peer.breaker.undecided();
      return;
    }
    if (this.peer.breaker.failures === 0) {
      this.context.emit({ type: 'broker-lost', broker: this.peer.address, code: failure.code });
    }
    this.peer.breaker.failed(failure);
  }

  /** Keeps the byte counts of a connection that is over. */
  private forget(): void {
    const { wire } = this;
    if (!wire) return;
    this.wire = null;
    this.peer.usage.bytesIn += wire.bytesIn;
    this.peer.usage.bytesOut += wire.bytesOut;
    wire.retire();
  }

  private asFailure(error: unknown, api: string): AppError {
    const failure = connectionError(error, this.context.facts(this.peer));
    return failure.code === 'kafka.unreachable'
      ? this.failure('kafka.connection-lost', { api }, error)
      : failure;
  }

  private throttle<Value>(wire: Wire, api: { raw: boolean }, value: Value): number {
    const asked = api.raw
      ? Buffer.isBuffer(value) && value.length >= 4
        ? value.readInt32BE(0)
        : 0
      : Number((value as { throttleTimeMs?: unknown } | null)?.throttleTimeMs ?? 0);
    if (!(asked > 0)) return 0;
    const throttleMs = Math.min(asked, 60_000);
    wire.throttledUntil = performance.now() + throttleMs;
    this.peer.usage.throttledMs += throttleMs;
    this.context.emit({ type: 'throttled', broker: this.peer.address, throttleMs });
    return throttleMs;
  }

  private async awaitThrottle(wire: Wire, deadline: Deadline): Promise<void> {
    const wait = wire.throttledUntil - performance.now();
    if (wait <= 0) return;
    if (performance.now() + wait >= deadline.at)
      throw this.failure('kafka.throttled', { throttleMs: Math.round(wait) });
    await pause(wait, deadline.signal);
  }

  private failure(
    code: AppError['code'],
    facts: Record<string, string | number> = {},
    cause?: unknown,
  ): AppError {
    return new AppError(code, { ...this.context.facts(this.peer), ...facts }, { cause });
  }

  private resting(restMs: number): AppError {
    const { failures, last } = this.peer.breaker;
    return this.failure('kafka.resting', {
      failures,
      reason: last ? sentenceOf(last) : '',
      retryAfterSeconds: Math.max(1, Math.ceil(restMs / 1000)),
    });
  }

  /** The last failure again, without another attempt: it is too soon for one. */
  private again(waitMs: number): AppError {
    const last = this.context.signIn.last ?? this.peer.breaker.last;
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
    return last
      ? new AppError(last.code, { ...last.facts, retryAfterSeconds }, { cause: last.cause })
      : this.failure('kafka.unreachable', { reason: 'it was tried a moment ago', retryAfterSeconds });
  }
}
