import { monitorEventLoopDelay } from 'node:perf_hooks';
import { log } from '#lib/log.ts';
import { onStop, registry } from '#lib/process.ts';

/**
 * Says in the log when something of ours held the event loop for longer than half a second (F17). Returns how late the
 * loop was in the last seconds, in ns.
 */
export function watchEventLoop(): ReturnType<typeof monitorEventLoopDelay> {
  return registry('event-loop-watch', () => {
    const histogram = monitorEventLoopDelay({ resolution: 10 });
    histogram.enable();
    const timer = setInterval(() => {
      const worstMs = Math.round(histogram.max / 1e6);
      if (worstMs > 500) log.warn('event-loop.blocked', { delayMs: worstMs });
      histogram.reset();
    }, 10_000);
    timer.unref();
    onStop('sampling', 'event loop watch', async () => {
      clearInterval(timer);
      histogram.disable();
    });
    return histogram;
  });
}
