import { poolState } from '#lib/gateways/database/client.ts';
import { scanLoad } from '#lib/scan/shared-pool.ts';
import { watchEventLoop } from '../event-loop-watch.ts';
import { startHistory } from '../keep-history.ts';
import type { Family, Labels } from './exposition.ts';

/** How Millrace itself does: what it needs, what waits, what was lost. */
export function ownFamilies(): Family[] {
  const loop = watchEventLoop();
  const cpu = process.cpuUsage();
  const pool = poolState();
  const scans = scanLoad();
  const history = startHistory();
  const memory = process.memoryUsage();
  const of = (
    type: Family['type'],
    name: string,
    help: string,
    ...values: [value: number, labels?: Labels][]
  ): Family => ({
    ...{ name, type, help },
    samples: () => values.map(([value, labels]) => ({ value, labels: labels ?? {} })),
  });
  const seconds = (ns: number): number => ns / 1e9;
  return [
    of(
      'gauge',
      'millrace_event_loop_delay_seconds',
      'How late the event loop was in the last ten seconds.',
      [seconds(loop.percentile(50)), { quantile: '0.5' }],
      [seconds(loop.percentile(99)), { quantile: '0.99' }],
      [seconds(loop.max), { quantile: '1' }],
    ),
    of(
      'gauge',
      'millrace_database_connections',
      'Connections to the database.',
      [pool.total - pool.idle, { state: 'used' }],
      [pool.idle, { state: 'idle' }],
    ),
    of('gauge', 'millrace_database_waiting', 'Requests that wait for a connection to the database.', [
      pool.waiting,
    ]),
    of(
      'gauge',
      'millrace_scan_tasks',
      'Pieces of messages that workers decode and filter, or that wait for one.',
      [scans.running, { state: 'running' }],
      [scans.waiting, { state: 'waiting' }],
    ),
    of('gauge', 'millrace_scan_workers', 'Worker threads that live now.', [scans.workers]),
    of('counter', 'millrace_history_lost_total', 'Readings that could not be written into history.', [
      history.lost,
    ]),
    of('gauge', 'millrace_history_writable', '1 while the newest reading could be written.', [
      history.problem ? 0 : 1,
    ]),
    of('counter', 'process_cpu_seconds_total', 'Time of processors spent by this process.', [
      (cpu.user + cpu.system) / 1e6,
    ]),
    of('gauge', 'process_resident_memory_bytes', 'Memory of this process.', [memory.rss]),
    of('gauge', 'nodejs_heap_size_used_bytes', 'Heap in use.', [memory.heapUsed]),
    of('gauge', 'process_start_time_seconds', 'When this process began, seconds since 1970.', [
      Math.round(performance.timeOrigin / 1000),
    ]),
  ];
}
