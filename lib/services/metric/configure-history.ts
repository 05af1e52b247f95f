import { writeHistorySettings } from '#lib/gateways/database/history-settings.ts';
import { keepHistoryWithin } from '#lib/gateways/database/housekeeping.ts';
import { log } from '#lib/log.ts';
import { UpdateHistoryInput } from '#lib/model/history.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Changes for how long numbers are kept. What is older than that is removed at once, and cannot be brought back. */
export const configureHistory = defineCommand({
  name: 'metric.configure-history',
  permission: 'metric:configure',
  input: UpdateHistoryInput,
  target: () => ({ type: 'application', id: 'history', clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.settingsHistory()],
  run: async (context, { version: seenVersion, ...settings }) => {
    const version = await writeHistorySettings(settings, seenVersion, context.principal.userId);
    // Not awaited: it may take a while, and is done again every hour.
    keepHistoryWithin(Date.now()).catch((error) => log.warn('history.not-bounded', { error }));
    return { version };
  },
  noted: ({ version }) => ({ version }),
});
