import { z } from 'zod';
import { startHistory } from '#lib/collector/keep-history.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { databaseHealth } from '#lib/gateways/database/health.ts';
import { readHistorySettings } from '#lib/gateways/database/history-settings.ts';
import { levelSizes, storeSize } from '#lib/gateways/database/series-size.ts';
import { HistoryState } from '#lib/model/history.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

const levelNames = ['scrapes', 'minutes', 'quarters'] as const;

/** For how long numbers are kept, and what that takes. */
export const readHistory = defineQuery({
  name: 'metric.read-history',
  summary: 'For how long numbers are kept, how much there is of them, and whether they can be written.',
  path: '/history',
  permission: 'metric:configure',
  input: z.strictObject({}),
  output: HistoryState,
  target: () => ({ type: 'application', id: 'history', clusterId: null }),
  run: async () => {
    const [{ settings, version }, size, levels, health] = await Promise.all([
      readHistorySettings(),
      storeSize(),
      levelSizes(),
      databaseHealth(),
    ]);
    const { problem, lost } = startHistory();
    return {
      settings,
      version,
      usedBytes: size.usedBytes,
      keptBytes: size.hotBytes + levels.reduce((sum, { bytes }) => sum + bytes, 0),
      series: size.series,
      levels: levels.map(({ level, chunks, bytes, sinceMs }) => ({
        level: levelNames[level] ?? 'quarters',
        chunks,
        bytes,
        since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
      })),
      problem: problem ? toProblem(problem).what : null,
      lost,
      freeBytes: health.ok ? health.freeBytes : null,
    };
  },
});
