import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { patchIdleTimer } from './kafkajs-client.ts';

type Queue = {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: unknown;
  checkPendingRequests(): void;
};

const newQueue = (): Queue => {
  const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
    settings: object,
  ) => Queue;
  const logger = { debug: () => undefined };
  return new RequestQueue({
    maxInFlightRequests: 1,
    requestTimeout: 1_000,
    clientId: 'c',
    broker: 'b',
    logger,
  });
};

describe('kafkajs on an idle connection', () => {
  it('arms no timer once patched, and does without the patch what the patch is for', () => {
    vi.useFakeTimers();
    try {
      const before = newQueue();
      before.checkPendingRequests();
      expect(vi.getTimerCount()).toBe(1);
      vi.clearAllTimers();
      patchIdleTimer();
      patchIdleTimer();
      const after = newQueue();
      after.checkPendingRequests();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('still checks again while requests are pending', () => {
    vi.useFakeTimers();
    try {
      patchIdleTimer();
      const queue = newQueue();
      queue.throttledUntil = Date.now() + 5_000;
      queue.pending = [{}];
      queue.checkPendingRequests();
      expect(vi.getTimerCount()).toBe(1);
      queue.pending = [];
      vi.advanceTimersByTime(5_000);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
