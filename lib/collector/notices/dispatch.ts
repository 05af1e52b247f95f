import { randomUUID } from 'node:crypto';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import {
  type ClaimedNotice,
  claimNotices,
  endNotice,
  type NoticeEnd,
} from '#lib/gateways/database/alert-notices.ts';
import { hasLiveIncidents, planNotices } from '#lib/gateways/database/alert-world.ts';
import { log } from '#lib/log.ts';
import { onStop, registry } from '#lib/process.ts';
import { leaseFence } from '../keep-lease.ts';
import { deliver } from './deliver.ts';
import { dueNotices } from './plan-notices.ts';
import { messageOf } from './write-message.ts';

const lease = 'notices';
/** What changed in this process is looked at at once; this is for what others changed, and for what is due by time. */
const lookEveryMs = 2_000;
const atOnce = 8;
const stopMs = 12_000;

/**
 * Sends alerts. Who holds the lease `notices` decides what has to be told and writes it into the outbox; every instance
 * sends what stands there. A notice is written once (F16). It is taken at least once: when a process dies between the
 * receiver's answer and the writing down of it, it is sent again with the same key.
 */
class Dispatcher {
  readonly #sending = new Map<string, Promise<void>>();
  readonly #unwritten: { notice: ClaimedNotice; end: NoticeEnd }[] = [];
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #isAskedAgain = false;
  readonly #hurry = new AbortController();

  /** Looks now; when it looks already, once more after that. */
  look(): void {
    if (this.#stopping.signal.aborted) return;
    if (this.#looking) {
      this.#isAskedAgain = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#isAskedAgain = false;
    this.#looking = this.#round().finally(() => {
      this.#looking = null;
      if (this.#stopping.signal.aborted) return;
      if (this.#isAskedAgain) this.look();
      else {
        this.#timer = setTimeout(() => this.look(), lookEveryMs);
        this.#timer.unref();
      }
    });
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopping.abort();
    await this.#looking;
    // What is on its way is let arrive, as long as a stop may wait (F11): cut off it might be sent twice.
    const timer = setTimeout(() => this.#hurry.abort(), stopMs);
    await Promise.all(this.#sending.values());
    clearTimeout(timer);
    await this.#writeEnds();
  }

  async #round(): Promise<void> {
    try {
      await this.#writeEnds();
      const fence = leaseFence(lease);
      if (fence !== null && (await hasLiveIncidents())) await this.#plan(fence);
      await this.#send();
    } catch (error) {
      // Without a database nothing is known and nothing is told; the next round looks again (F5).
      if (!(error instanceof AppError) || error.code !== 'database.unavailable')
        log.error('notices.round-failed', { error });
    }
  }

  async #plan(fence: bigint): Promise<void> {
    const { origin } = env().publicOrigin;
    const added = await planNotices({ lease, fence }, (world) => {
      const { notices, silenced } = dueNotices(world);
      return {
        silenced,
        notices: notices.map((due) => {
          const { incidents: _incidents, ...notice } = due;
          const id = randomUUID();
          return { ...notice, id, message: messageOf(due, id, world, origin) };
        }),
      };
    });
    if (added) log.info('notices.planned', { count: added });
  }

  async #send(): Promise<void> {
    const free = atOnce - this.#sending.size;
    if (free <= 0) return;
    for (const notice of await claimNotices(free)) {
      const sending = this.#sendOne(notice).finally(() => {
        this.#sending.delete(notice.id);
        this.look();
      });
      this.#sending.set(notice.id, sending);
    }
  }

  async #sendOne(notice: ClaimedNotice): Promise<void> {
    try {
      const end = await deliver(notice, this.#hurry.signal);
      log.info('notice.tried', { name: notice.kind, outcome: end.state, attempt: notice.attempt });
      this.#unwritten.push({ notice, end });
    } catch (error) {
      // Its claim runs out and it is tried again.
      log.warn('notice.not-tried', { attempt: notice.attempt, error });
    }
    // What cannot be written now is written by a later round.
    await this.#writeEnds().catch(() => {});
  }

  /** What was sent is written down before anything else is claimed: else the same would be claimed again after an outage (F5). */
  async #writeEnds(): Promise<void> {
    while (this.#unwritten.length > 0) {
      const next = this.#unwritten[0]!;
      try {
        await endNotice(next.notice, next.end);
      } catch (error) {
        if (error instanceof AppError && error.code === 'database.unavailable') throw error;
        log.error('notice.end-lost', { error });
      }
      if (this.#unwritten[0] === next) this.#unwritten.shift();
    }
  }
}

const running = (): { dispatcher: Dispatcher | null } =>
  registry('notice-dispatcher', () => ({ dispatcher: null }));

/** Begins to send alerts. Once per process. */
export function startNotices(): void {
  const state = running();
  if (state.dispatcher) return;
  const dispatcher = new Dispatcher();
  state.dispatcher = dispatcher;
  dispatcher.look();
  onStop('work', 'notices', async () => {
    state.dispatcher = null;
    await dispatcher.stop();
  });
}

/**
 * Looks at once whether something has to be told: an incident began or ended, a silence, a route or a channel was changed. Without it
 * that is found within two seconds.
 */
export const kickNotices = (): void => running().dispatcher?.look();
