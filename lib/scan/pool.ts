import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Task, TaskAnswer } from './tasks.ts';
import { TurnQueue } from './turn-queue.ts';
import type { WorkerRequest, WorkerResponse } from './worker.ts';

export interface PoolOptions {
  /** Folder that holds `lib/scan/worker.ts` and `package.json`; workers run from source, they are not bundled. */
  root: string;
  /** Threads; cores − 1 and at least one when absent. Each is started when it is first needed. */
  size?: number | undefined;
  /** A task that takes longer loses its worker. Milliseconds. */
  watchdogMs?: number | undefined;
  /** JavaScript heap of one worker; buffers do not count, they are limited by the cap on inflated bytes. */
  heapMb?: number | undefined;
}

/** Why a task did not get its answer although its input may be fine. */
export class ScanWorkerError extends Error {
  override name = 'ScanWorkerError';
  readonly reason: 'timeout' | 'memory' | 'crashed' | 'closed';

  constructor(reason: ScanWorkerError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

interface Job {
  request: WorkerRequest;
  resolve: (response: { value: TaskAnswer<Task>; bytes: ArrayBuffer | undefined }) => void;
  reject: (error: unknown) => void;
}

interface Slot {
  worker: Worker;
  job: Job | undefined;
  watchdog: NodeJS.Timeout | undefined;
}

/**
 * Worker threads that read record batches and make rows. Tasks of different owners take turns, a hanging or exhausted
 * worker is killed and costs only its own task, and idle threads do not keep the process alive.
 */
export class ScanPool {
  private readonly file: string;
  private readonly size: number;
  private readonly watchdogMs: number;
  private readonly heapMb: number;
  private readonly slots = new Set<Slot>();
  private readonly queue = new TurnQueue<Job>();
  private nextId = 1;
  private isClosed = false;

  constructor(options: PoolOptions) {
    this.file = join(options.root, 'lib', 'scan', 'worker.ts');
    this.size = Math.max(1, options.size ?? availableParallelism() - 1);
    this.watchdogMs = options.watchdogMs ?? 10_000;
    this.heapMb = options.heapMb ?? 128;
  }

  /**
   * Runs a task on bytes whose ownership passes to the pool: a Buffer that covers its whole ArrayBuffer is transferred and
   * empty afterwards, another one is copied once.
   * @param options.owner tasks of the same owner run in order, different owners take turns.
   * @param options.isReturned gives the bytes back with the answer.
   * @throws ScanWorkerError when the worker was lost; the signal's reason when aborted before it began.
   */
  run<T extends Task>(
    bytes: Uint8Array,
    task: T,
    options: { owner?: unknown; isReturned?: boolean; signal?: AbortSignal | undefined } = {},
  ): Promise<{ value: TaskAnswer<T>; bytes: Buffer }> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) return reject(new ScanWorkerError('closed', 'the scan workers are stopped'));
      if (options.signal?.aborted) return reject(options.signal.reason);
      const owner = options.owner ?? this;
      const onAbort = () => {
        if (this.queue.remove(owner, job)) reject(options.signal?.reason);
      };
      const settle = () => options.signal?.removeEventListener('abort', onAbort);
      const job: Job = {
        request: { id: this.nextId++, bytes: owned(bytes), task, isReturned: options.isReturned ?? false },
        resolve: (response) => {
          settle();
          const back = response.bytes ? Buffer.from(response.bytes) : Buffer.alloc(0);
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

  /** Ends every thread; what waits or runs is rejected. */
  async close(): Promise<void> {
    this.isClosed = true;
    const error = new ScanWorkerError('closed', 'the scan workers are stopped');
    for (let job = this.queue.shift(); job; job = this.queue.shift()) job.reject(error);
    await Promise.all([...this.slots].map((slot) => this.lose(slot, error)));
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
    slot.watchdog = setTimeout(() => {
      void this.lose(slot, new ScanWorkerError('timeout', `reading took longer than ${this.watchdogMs} ms`));
    }, this.watchdogMs);
    slot.worker.postMessage(job.request, [job.request.bytes]);
  }

  private spawn(): Slot {
    const worker = new Worker(this.file, {
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      name: 'scan',
    });
    const slot: Slot = { worker, job: undefined, watchdog: undefined };
    worker.on('message', (response: WorkerResponse) => this.finish(slot, response));
    worker.on('error', (error: Error & { code?: string }) => {
      const reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crashed';
      void this.lose(slot, new ScanWorkerError(reason, `the scan worker ended: ${error.message}`));
    });
    worker.on('exit', () => void this.lose(slot, new ScanWorkerError('crashed', 'the scan worker ended')));
    this.slots.add(slot);
    return slot;
  }

  private finish(slot: Slot, response: WorkerResponse): void {
    const job = slot.job;
    if (!job || response.id !== job.request.id) return;
    clearTimeout(slot.watchdog);
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
    clearTimeout(slot.watchdog);
    slot.job?.reject(error);
    slot.job = undefined;
    if (!this.isClosed) this.dispatch();
    await slot.worker.terminate();
  }
}

/** The bytes as an ArrayBuffer of their own, without a copy where they are one already. */
function owned(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer) {
    return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  }
  return new Uint8Array(bytes).buffer;
}
