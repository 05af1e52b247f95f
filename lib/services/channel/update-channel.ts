import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { updateChannel as changeChannel, listChannels } from '#lib/gateways/database/alert-channels.ts';
import { ChangedChannel } from '#lib/model/alert-channel.ts';
import { channelSecretsToEnterAgain } from '#lib/model/channel-secrets-elsewhere.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Changes a channel as it was seen. A secret that is not given stays as it is, unless it would go to another address then. */
export const updateChannel = defineCommand({
  name: 'channel.update',
  permission: 'channel:update',
  input: ChangedChannel,
  target: (input) => ({ type: 'channel', id: input.id, clusterId: null }),
  secrets: ['secrets.*'],
  changesCluster: false,
  revalidate: () => [paths.alertDelivery()],
  run: async (_context, input) => {
    const present = (await listChannels()).find(({ id }) => id === input.id);
    if (present) {
      const again = channelSecretsToEnterAgain(present, input, present.secretsSet);
      if (Object.keys(again).length > 0) throw new AppError('input.invalid', {}, { fields: again });
    }
    const { id, name, version } = await changeChannel(input);
    kickNotices();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
