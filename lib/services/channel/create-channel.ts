import { randomUUID } from 'node:crypto';
import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { createChannel as keepChannel } from '#lib/gateways/database/alert-channels.ts';
import { NewChannel } from '#lib/model/alert-channel.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Keeps a channel. Nothing is sent over it before a route names it. */
export const createChannel = defineCommand({
  name: 'channel.create',
  permission: 'channel:update',
  input: NewChannel,
  target: (input) => ({ type: 'channel', id: input.name, clusterId: null }),
  secrets: ['secrets.*'],
  changesCluster: false,
  revalidate: () => [paths.alertDelivery()],
  run: async (_context, input) => {
    const { id, name, version } = await keepChannel(randomUUID(), input);
    kickNotices();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
