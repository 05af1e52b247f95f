import { randomUUID } from 'node:crypto';
import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { createSilence as keepSilence } from '#lib/gateways/database/alert-silences.ts';
import { NewSilence } from '#lib/model/alert-silence.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Holds back what is told of some incidents, from now until an end, for a reason. */
export const createSilence = defineCommand({
  name: 'silence.create',
  permission: 'alert:silence',
  input: NewSilence,
  target: (input) => ({
    type: 'silence',
    id: input.match.rules,
    clusterId: input.match.clusters.length === 1 ? input.match.clusters[0]! : null,
  }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alerts()],
  run: async (context, input) => {
    const { userId, name } = context.principal;
    const { id, endsAt } = await keepSilence(randomUUID(), input, { id: userId, name });
    kickNotices();
    return { id, endsAt };
  },
  noted: ({ id, endsAt }) => ({ id, endsAt }),
});
