import { parentPort, workerData } from 'node:worker_threads';
import { type Fact, learnFacts } from './facts.ts';
import { progress, writeProgressTo } from './progress-cell.ts';
import { runTask, type Task, type TaskAnswer } from './tasks.ts';

/** What the pool sends: the bytes come as a transferred ArrayBuffer. */
export interface WorkerRequest {
  id: number;
  bytes: ArrayBuffer;
  /** How much of it is filled. */
  length: number;
  task: Task;
  /** Whether the sender wants the bytes back in any case; when facts were missing they come back anyway. */
  isReturned: boolean;
  learn: readonly Fact[];
  forget: readonly string[];
}

export type WorkerResponse =
  | { id: number; value: TaskAnswer<Task>; bytes: ArrayBuffer | undefined }
  | { id: number; failure: string };

const memory: unknown = (workerData as { progress?: unknown } | null)?.progress;
if (memory instanceof SharedArrayBuffer) writeProgressTo(memory);

/** The thread's only job: one task after the other. It imports nothing that reaches outside the process. */
parentPort?.on('message', ({ id, bytes, length, task, isReturned, learn, forget }: WorkerRequest) => {
  let response: WorkerResponse;
  const transferred = new Set<ArrayBuffer>();
  progress().beat();
  try {
    learnFacts(learn, forget);
    const value = runTask(Buffer.from(bytes, 0, length), task);
    const isKept = isReturned || isLacking(value);
    response = { id, value, bytes: isKept ? bytes : undefined };
    if (isKept) transferred.add(bytes);
    if (hasKept(value) && value.kept) transferred.add(value.kept.buffer);
  } catch (error) {
    response = { id, failure: error instanceof Error ? error.message : 'unknown' };
  }
  progress().leaveFilter();
  parentPort?.postMessage(response, [...transferred]);
});

const isLacking = (value: TaskAnswer<Task>): boolean =>
  typeof value === 'object' && value !== null && 'needs' in value;

const hasKept = (value: unknown): value is { kept: Uint8Array<ArrayBuffer> | undefined } =>
  typeof value === 'object' && value !== null && 'kept' in value;
