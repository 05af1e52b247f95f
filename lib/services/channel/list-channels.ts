import { z } from 'zod';
import { listChannels as readChannels } from '#lib/gateways/database/alert-channels.ts';
import { AlertChannel } from '#lib/model/alert-channel.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** All channels with how their newest deliveries ended. Of their secrets only which there are. */
export const listChannels = defineQuery({
  name: 'channel.list',
  summary: 'Channels that alerts are sent over, and how their newest deliveries ended.',
  path: '/alerts/channels',
  permission: 'channel:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(AlertChannel) }),
  target: () => ({ type: 'channel', id: 'channels', clusterId: null }),
  run: async () => ({ rows: await readChannels() }),
});
