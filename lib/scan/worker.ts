import { parentPort } from 'node:worker_threads';
import { runTask, type Task, type TaskAnswer } from './tasks.ts';

/** What the pool sends: the bytes come as a transferred ArrayBuffer. */
export interface WorkerRequest {
  id: number;
  bytes: ArrayBuffer;
  task: Task;
  /** Whether the sender wants the bytes back. */
  isReturned: boolean;
}

export type WorkerResponse =
  | { id: number; value: TaskAnswer<Task>; bytes: ArrayBuffer | undefined }
  | { id: number; failure: string };

/** The thread's only job: one task after the other. It imports nothing that reaches outside the process. */
parentPort?.on('message', ({ id, bytes, task, isReturned }: WorkerRequest) => {
  let response: WorkerResponse;
  try {
    const value = runTask(Buffer.from(bytes), task);
    response = { id, value, bytes: isReturned ? bytes : undefined };
  } catch (error) {
    response = { id, failure: error instanceof Error ? error.message : 'unknown' };
  }
  parentPort?.postMessage(response, 'bytes' in response && response.bytes ? [response.bytes] : []);
});
