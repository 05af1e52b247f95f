import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Fact } from './facts.ts';
import { ProgressCell } from './progress-cell.ts';
import type { Task, TaskAnswer } from './tasks.ts';
import { TurnQueue } from './turn-queue.ts';
import type { WorkerRequest, WorkerResponse } from './worker.ts';

export interface PoolOptions {
  /** Folder that holds `lib/scan/worker.ts` and `package.json`; workers run from source, they are not bundled. */
  root: string;
  /** Threads; cores − 1 and at least one when absent. Each is started when it is first needed. */
  size?: number | undefined;
  /** A worker that makes no progress for so long is lost. Milliseconds. */
  watchdogMs?: number | undefined;
  /** The same inside a filter, which is written by people: one record may take so long. Milliseconds. */
  filterMs?: number | undefined;
  /** JavaScript heap of one worker; buffers do not count, they are limited by the cap on inflated bytes. */
  heapMb?: number | undefined;
}

/** Why a task did not get its answer although its input may be fine. */
export class ScanWorkerError extends Error {
  override name = 'ScanWorkerError';
  readonly reason: 'timeout' | 'memory' | 'crashed' | 'closed';
  /** The record whose filter ran when the worker was lost, if one did. */
  readonly filtering: { partition: number; offset: bigint } | undefined;

  constructor(
    reason: ScanWorkerError['reason'],
    message: string,
    filtering?: ScanWorkerError['filtering'] | undefined,
  ) {
    super(message);
    this.reason = reason;
    this.filtering = filtering;
  }
}

interface Job {
  request: Omit<WorkerRequest, 'learn' | 'forget'>;
  facts: readonly Fact[];
  fresh: readonly Fact[];
  resolve: (response: { value: TaskAnswer<Task>; bytes: ArrayBuffer | undefined }) => void;
  reject: (error: unknown) => void;
}

interface Slot {
  worker: Worker;
  job: Job | undefined;
  watchdog: NodeJS.Timeout | undefined;
  readonly cell: ProgressCell;
  /** Ids of the facts that this worker was told. */
  readonly told: Set<string>;
}

export interface RunOptions {
  /** Tasks of the same owner run in order, different owners take turns. */
  owner?: unknown;
  /** Gives the bytes back with the answer. */
  isReturned?: boolean;
  signal?: AbortSignal | undefined;
  /** What the worker must know; each goes to a worker once. */
  facts?: readonly Fact[] | undefined;
  /** What it must be told even if it was told before. */
  fresh?: readonly Fact[] | undefined;
}

/** Room of a buffer that is used again and again, and how many of them wait for it. */
const SPARE_BYTES = 1_310_720;
const MAX_SPARE = 16;

/** A worker that was told more facts forgets those that its task does not need. */
const MAX_FACTS = 2_000;

/**
 * Worker threads that read record batches and make rows. Tasks of different owners take turns, a hanging or exhausted
 * worker is killed and costs only its own task, and idle threads do not keep the process alive.
 */
export class ScanPool {
  private readonly file: string;
  private readonly size: number;
  private readonly watchdogMs: number;
  private readonly filterMs: number;
  private readonly heapMb: number;
  private readonly slots = new Set<Slot>();
  private readonly queue = new TurnQueue<Job>();
  /** Buffers that went to workers and came back: making them anew for each task costs more than the copy. */
  private readonly spare: ArrayBuffer[] = [];
  private nextId = 1;
  private isClosed = false;

  constructor(options: PoolOptions) {
    this.file = join(options.root, 'lib', 'scan', 'worker.ts');
    this.size = Math.max(1, options.size ?? availableParallelism() - 1);
    this.watchdogMs = options.watchdogMs ?? 10_000;
    this.filterMs = options.filterMs ?? 1_000;
    this.heapMb = options.heapMb ?? 128;
  }

  /**
   * Runs a task on bytes whose ownership passes to the pool: a Buffer that covers its whole ArrayBuffer is transferred and
   * empty afterwards, another one is copied once.
   * @throws ScanWorkerError when the worker was lost; the signal's reason when aborted before it began.
   */
  run<T extends Task>(
    bytes: Uint8Array,
    task: T,
    options: RunOptions = {},
  ): Promise<{ value: TaskAnswer<T>; bytes: Buffer }> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) return reject(new ScanWorkerError('closed', 'the scan workers are stopped'));
      if (options.signal?.aborted) return reject(options.signal.reason);
      const owner = options.owner ?? this;
      const onAbort = () => {
        if (this.queue.remove(owner, job)) reject(options.signal?.reason);
      };
      const settle = () => options.signal?.removeEventListener('abort', onAbort);
      const lent = options.isReturned ? undefined : this.lend(bytes);
      const isRecycled = lent !== undefined;
      const own = lent ?? { bytes: owned(bytes), length: bytes.length };
      const job: Job = {
        request: { id: this.nextId++, ...own, task, isReturned: (options.isReturned ?? false) || isRecycled },
        facts: options.facts ?? [],
        fresh: options.fresh ?? [],
        resolve: (response) => {
          settle();
          const { bytes: returned } = response;
          // Who did not ask for the bytes, and lacks nothing, has no use for them: they serve another task.
          const isFree = returned && isRecycled && !isLacking(response.value);
          if (isFree && this.spare.length < MAX_SPARE) this.spare.push(returned);
          const back = returned && !isFree ? Buffer.from(returned, 0, own.length) : Buffer.alloc(0);
          resolve({ value: response.value as TaskAnswer<T>, bytes: back });
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      options.signal?.addEventListener('abort', onAbort, { once: true });
      this.queue.push(owner, job);
      this.dispatch();
    });
  }

  /** Starts one thread ahead of need: a cold start costs the first page some hundred milliseconds on a busy machine. */
  warm(): void {
    if (this.slots.size === 0 && !this.isClosed) this.spawn().worker.unref();
  }

  /** Threads that live, tasks they run, and tasks that wait for one. */
  get load(): { workers: number; running: number; waiting: number } {
    const running = [...this.slots].filter((slot) => slot.job !== undefined).length;
    return { workers: this.slots.size, running, waiting: this.queue.size };
  }

  /** Ends every thread; what waits or runs is rejected. */
  async close(): Promise<void> {
    this.isClosed = true;
    const error = new ScanWorkerError('closed', 'the scan workers are stopped');
    for (let job = this.queue.shift(); job; job = this.queue.shift()) job.reject(error);
    await Promise.all([...this.slots].map((slot) => this.lose(slot, error)));
  }

  /** A copy in a buffer that comes back; undefined where the bytes can be handed over as they are, or are too many. */
  private lend({
    buffer,
    byteOffset,
    byteLength,
  }: Uint8Array): { bytes: ArrayBuffer; length: number } | undefined {
    const isAlone = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
    if (isAlone || byteLength > SPARE_BYTES || byteLength < SPARE_BYTES / 16) return undefined;
    const bytes = this.spare.pop() ?? new ArrayBuffer(SPARE_BYTES);
    new Uint8Array(bytes).set(new Uint8Array(buffer, byteOffset, byteLength));
    return { bytes, length: byteLength };
  }

  private dispatch(): void {
    for (;;) {
      const idle = [...this.slots].find((slot) => slot.job === undefined);
      if (!idle && this.slots.size >= this.size) return;
      const job = this.queue.shift();
      if (!job) return;
      this.start(idle ?? this.spawn(), job);
    }
  }

  private start(slot: Slot, job: Job): void {
    slot.job = job;
    slot.worker.ref();
    this.watch(slot);
    const request: WorkerRequest = { ...job.request, ...news(slot.told, job) };
    slot.worker.postMessage(request, [request.bytes]);
  }

  /** Looks now and then whether the worker still moves from record to record. */
  private watch(slot: Slot): void {
    let beats = slot.cell.beats;
    let movedAt = performance.now();
    const everyMs = Math.max(1, Math.min(250, this.filterMs / 4, this.watchdogMs / 2));
    slot.watchdog = setInterval(() => {
      const now = performance.now();
      if (slot.cell.beats !== beats) {
        beats = slot.cell.beats;
        movedAt = now;
        return;
      }
      const { filtering } = slot.cell;
      const limitMs = filtering ? this.filterMs : this.watchdogMs;
      if (now - movedAt < limitMs) return;
      const what = filtering ? 'the filter' : 'reading';
      const message = `${what} took longer than ${limitMs} ms`;
      void this.lose(slot, new ScanWorkerError('timeout', message, filtering));
    }, everyMs);
  }

  private spawn(): Slot {
    const memory = new SharedArrayBuffer(ProgressCell.bytes);
    const worker = new Worker(this.file, {
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      name: 'scan',
      workerData: { progress: memory },
    });
    const cell = new ProgressCell(memory);
    const slot: Slot = { worker, job: undefined, watchdog: undefined, cell, told: new Set() };
    worker.on('message', (response: WorkerResponse) => this.finish(slot, response));
    worker.on('error', (error: Error & { code?: string }) => {
      const reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crashed';
      const { filtering } = slot.cell;
      void this.lose(slot, new ScanWorkerError(reason, `the scan worker ended: ${error.message}`, filtering));
    });
    worker.on('exit', () => void this.lose(slot, new ScanWorkerError('crashed', 'the scan worker ended')));
    this.slots.add(slot);
    return slot;
  }

  private finish(slot: Slot, response: WorkerResponse): void {
    const job = slot.job;
    if (!job || response.id !== job.request.id) return;
    clearInterval(slot.watchdog);
    slot.job = undefined;
    slot.worker.unref();
    if ('failure' in response)
      job.reject(new ScanWorkerError('crashed', `reading failed: ${response.failure}`));
    else job.resolve(response);
    this.dispatch();
  }

  /** Takes a thread out, once; the next task starts another. */
  private async lose(slot: Slot, error: ScanWorkerError): Promise<void> {
    if (!this.slots.delete(slot)) return;
    clearInterval(slot.watchdog);
    slot.job?.reject(error);
    slot.job = undefined;
    if (!this.isClosed) this.dispatch();
    await slot.worker.terminate();
  }
}

/** What a worker has to be told before a job, and what it may forget. Takes note of it. */
function news(told: Set<string>, job: Pick<Job, 'facts' | 'fresh'>): Pick<WorkerRequest, 'learn' | 'forget'> {
  const learn = [...job.facts.filter(({ id }) => !told.has(id)), ...job.fresh];
  for (const { id } of learn) told.add(id);
  if (told.size <= MAX_FACTS) return { learn, forget: [] };
  const needed = new Set([...job.facts, ...job.fresh].map(({ id }) => id));
  const forget = [...told].filter((id) => !needed.has(id));
  for (const id of forget) told.delete(id);
  return { learn, forget };
}

const isLacking = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'needs' in value;

/** The bytes as an ArrayBuffer of their own, without a copy where they are one already. */
function owned(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer) {
    return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  }
  return new Uint8Array(bytes).buffer;
}
