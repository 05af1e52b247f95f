import { AppError } from '#lib/errors/app-error.ts';
import type { HostPort } from '#lib/model/cluster.ts';
import { addressOf } from '../translate.ts';
import { body, type KafkaApi, type OfferedVersions } from './api.ts';
import type { KnownBrokers } from './brokers.ts';
import type { ClusterContext } from './context.ts';
import { firstAnswer } from './first-answer.ts';
import { type Answer, BrokerLink, type Deadline, type Request } from './link.ts';
import { metadataApi, metadataHeadOf, metadataRequest } from './metadata-codec.ts';
import { callTimeoutMs } from './settings.ts';

export type CallOptions = {
  signal?: AbortSignal | undefined;
  /** Milliseconds; 10 s unless given. */
  timeoutMs?: number | undefined;
};

/** A broker by its id, any that answers, or the one that metadata names as controller. */
export type Target = { broker: number } | 'any' | 'controller';

/** How long one broker may take to connect before another is tried beside it. */
const nextCandidateMs = 300;

/** Connections of one purpose, so that a long read does not stand in the way of a short question. */
export class Channel {
  private readonly context: ClusterContext;
  private readonly known: KnownBrokers;
  private readonly perBroker: number;
  private readonly links = new Map<string, BrokerLink[]>();
  private learning: Promise<void> | null = null;
  private closed = false;
  /**
   * Who answered last when any could. Brokers learn of changes one after the other: staying with one keeps what was
   * there a moment ago from being gone again.
   */
  private favourite: BrokerLink | null = null;

  constructor(context: ClusterContext, known: KnownBrokers, perBroker: number) {
    this.context = context;
    this.known = known;
    this.perBroker = perBroker;
  }

  async call<Args extends unknown[], Value>(
    api: KafkaApi<Args, Value>,
    request: Request<NoInfer<Args>>,
    target: Target,
    options: CallOptions = {},
  ): Promise<Answer<Value>> {
    const deadline = this.deadline(options);
    const leave = await this.context.bulkhead.enter(deadline.timeoutMs, deadline.signal);
    try {
      if (target === 'any') return await this.callAny(api, request, deadline);
      const id = target === 'controller' ? await this.controller(deadline) : target.broker;
      const link = this.linkTo(await this.endpointOf(id, deadline));
      return await link.call(api, request, deadline);
    } finally {
      leave();
    }
  }

  /** What a broker offers; connects when it is not. */
  async versions(target: Target, options: CallOptions = {}): Promise<OfferedVersions> {
    const deadline = this.deadline(options);
    if (target === 'any') return (await this.openAny(deadline)).offered;
    const id = target === 'controller' ? await this.controller(deadline) : target.broker;
    return (await this.linkTo(await this.endpointOf(id, deadline)).open(deadline)).offered;
  }

  /** Asks for the brokers, unless they were told less than `maxAgeMs` ago. */
  async learnBrokers(options: CallOptions, maxAgeMs: number): Promise<void> {
    if (this.known.learnedAt > 0 && performance.now() - this.known.learnedAt < maxAgeMs) return;
    this.learning ??= this.askBrokers(this.deadline(options)).finally(() => {
      this.learning = null;
    });
    await this.learning;
  }

  bytesByAddress(): Map<string, { bytesIn: number; bytesOut: number }> {
    const sums = new Map<string, { bytesIn: number; bytesOut: number }>();
    for (const [address, links] of this.links) {
      const sum = { bytesIn: 0, bytesOut: 0 };
      for (const { bytes } of links) {
        sum.bytesIn += bytes.bytesIn;
        sum.bytesOut += bytes.bytesOut;
      }
      sums.set(address, sum);
    }
    return sums;
  }

  close(): void {
    this.closed = true;
    for (const link of [...this.links.values()].flat()) link.close();
    this.links.clear();
  }

  private deadline(options: CallOptions): Deadline {
    const timeoutMs = options.timeoutMs ?? callTimeoutMs;
    return { at: performance.now() + timeoutMs, timeoutMs, signal: options.signal };
  }

  private async askBrokers(deadline: Deadline): Promise<void> {
    const answer = await this.callAny(
      metadataApi,
      body((version) => metadataRequest(version, [])),
      deadline,
    );
    this.known.learn(metadataHeadOf(answer.value, answer.version));
  }

  private async controller(deadline: Deadline): Promise<number> {
    await this.learnBrokers({ signal: deadline.signal }, 10_000);
    return this.known.controllerId;
  }

  private async endpointOf(id: number, deadline: Deadline): Promise<HostPort> {
    let broker = this.known.get(id);
    if (!broker) {
      await this.learnBrokers({ signal: deadline.signal }, 1_000);
      broker = this.known.get(id);
    }
    if (!broker) throw new AppError('kafka.no-broker', { broker: id });
    return { host: broker.host, port: broker.port };
  }

  /** The least busy of the links to an address; one more while all are busy and there may be more. */
  private linkTo(endpoint: HostPort): BrokerLink {
    if (this.closed) throw new AppError('kafka.closed');
    const address = addressOf(endpoint.host, endpoint.port);
    const links = this.links.get(address) ?? [];
    let best: BrokerLink | undefined;
    for (const link of links) if (!best || link.load < best.load) best = link;
    if (best && (best.load === 0 || links.length >= this.perBroker)) return best;
    const link = new BrokerLink(this.context, this.context.peer(endpoint));
    this.links.set(address, [...links, link]);
    return link;
  }

  /**
   * Asks the first broker that can be connected to: connected and idle ones first. When it is lost, or silent for
   * long, another is asked as well and the first answer counts: this route is for questions, never for changes.
   */
  private async callAny<Args extends unknown[], Value>(
    api: KafkaApi<Args, Value>,
    request: Request<Args>,
    deadline: Deadline,
  ): Promise<Answer<Value>> {
    const ask = async (except?: BrokerLink) => {
      const { link } = await this.openAny(deadline, except);
      const answer = link.call(api, request, deadline);
      return { link, answer };
    };
    const first = await ask();
    const answered = ({ link, answer }: Awaited<ReturnType<typeof ask>>) =>
      answer.then((value) => {
        this.favourite = link;
        return value;
      });
    return firstAnswer(answered(first), async () => answered(await ask(first.link)));
  }

  /**
   * Opens the candidates in turn, the next one when the one before failed or took long, and takes the first that is
   * open. The others stay, so that a hanging broker costs a moment once.
   */
  private openAny(
    deadline: Deadline,
    except?: BrokerLink,
  ): Promise<{ link: BrokerLink; offered: OfferedVersions }> {
    const candidates = this.candidates().filter((link) => link !== except);
    return new Promise((resolve, reject) => {
      let last: unknown = null;
      let pending = 0;
      let timer: NodeJS.Timeout | undefined;
      const next = (): void => {
        clearTimeout(timer);
        const link = candidates.shift();
        if (!link) {
          if (pending === 0) reject(last ?? new AppError('kafka.no-answer'));
          return;
        }
        pending += 1;
        timer = setTimeout(next, nextCandidateMs);
        link.open(deadline).then(
          ({ offered }) => {
            clearTimeout(timer);
            candidates.length = 0;
            resolve({ link, offered });
          },
          (error: unknown) => {
            pending -= 1;
            last = moreTelling(last, error);
            if (deadline.signal?.aborted) reject(error);
            else next();
          },
        );
      };
      next();
    });
  }

  private candidates(): BrokerLink[] {
    const brokers = this.known.all().map(({ host, port }) => ({ host, port }));
    const endpoints = [...shuffled(brokers), ...shuffled(this.context.connection.bootstrap)];
    const links = new Set(endpoints.map((endpoint) => this.linkTo(endpoint)));
    const rank = (link: BrokerLink): number => {
      if (link.isHealthy) return link === this.favourite ? -1 : link.load;
      const { failures } = link.peer.breaker;
      return failures > 0 ? 2_000 + link.peer.breaker.restMs() : 1_000;
    };
    return [...links].sort((a, b) => rank(a) - rank(b));
  }
}

/** A resting or refused broker says less than a fresh failure. */
const moreTelling = (before: unknown, now: unknown): unknown =>
  before instanceof AppError && now instanceof AppError && now.code === 'kafka.resting' ? before : now;

function shuffled<T>(list: readonly T[]): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}
