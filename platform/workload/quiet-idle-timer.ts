import { createRequire } from 'node:module';

type Queue = {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  scheduleCheckPendingRequests(): void;
};

const patched = Symbol.for('millrace.workload.quiet-idle-timer');

/**
 * kafkajs 2.2.4 re-arms a timer with a negative delay each millisecond on every idle connection
 * (`RequestQueue.scheduleCheckPendingRequests`): 25 ms of CPU per second and connection. With this its timer
 * is armed only while requests wait or the broker throttles. Safe to call more than once.
 */
export function quietIdleTimer(): void {
  const require = createRequire(import.meta.url);
  const prototype = (
    require('kafkajs/src/network/requestQueue') as { prototype: Queue & { [patched]?: boolean } }
  ).prototype;
  if (prototype[patched]) return;
  prototype[patched] = true;
  const original = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: Queue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) original.call(this);
  };
}
