import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { listChannels, readChannelToSend } from '#lib/gateways/database/alert-channels.ts';
import type { Receiver } from '#lib/gateways/notify/receiver.ts';
import { sendMessage } from '#lib/gateways/notify/send-message.ts';
import { ChannelConfig, ChannelSecrets } from '#lib/model/alert-channel.ts';
import type { AlertMessage } from '#lib/model/alert-notice.ts';
import { channelSecretsToEnterAgain } from '#lib/model/channel-secrets-elsewhere.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/**
 * Sends a trial over a channel as it stands in its form, by the way that alerts take. Secrets that are not given are taken from the
 * channel `id`, when there is one and they go where it sends them too. Nothing is kept, but the attempt is audited.
 */
export const testChannel = defineCommand({
  name: 'channel.test',
  permission: 'channel:test',
  input: z.strictObject({
    id: RowId.optional(),
    config: ChannelConfig,
    secrets: ChannelSecrets.default({}),
    allowHttp: z.boolean().default(false),
  }),
  target: (input) => ({ type: 'channel', id: input.id ?? input.config.kind, clusterId: null }),
  secrets: ['secrets.*'],
  changesCluster: false,
  rate: 'notify',
  run: async (context, { id, config, secrets, allowHttp }) => {
    const known = id ? await knownSecrets(id, config, secrets) : {};
    const receiver = { config, secrets: { ...known, ...secrets }, allowHttp } as unknown as Receiver;
    const { note } = await sendMessage(receiver, trial(context.principal.name), context.signal);
    return { note };
  },
});

async function knownSecrets(
  id: string,
  config: ChannelConfig,
  secrets: ChannelSecrets,
): Promise<ChannelSecrets> {
  const present = (await listChannels()).find((one) => one.id === id);
  if (!present) throw new AppError('channel.not-found');
  if (present.kind !== config.kind) return {};
  const again = channelSecretsToEnterAgain(present, { config, secrets }, present.secretsSet);
  if (Object.keys(again).length > 0) throw new AppError('input.invalid', {}, { fields: again });
  return (await readChannelToSend(id))?.secrets ?? {};
}

function trial(by: string): AlertMessage {
  const { origin, hostname } = env().publicOrigin;
  const key = `test-${randomUUID()}`;
  const at = new Date().toISOString();
  return {
    key,
    kind: 'test',
    title: `Test from Millrace at ${hostname}`,
    severity: 'note',
    incidents: [
      {
        id: key,
        ruleId: '',
        ruleName: 'Test of this channel',
        severity: 'note',
        clusterId: 'test',
        clusterName: 'No cluster',
        environment: null,
        series: 'cluster.reachable',
        subject: '',
        summary: `${by} tries this channel. Nothing is wrong.`,
        openedAt: at,
        resolvedAt: null,
        resolution: null,
        now: '',
        owner: '',
        advice: 'Nothing needs to be done.',
        runbook: '',
        url: `${origin}${paths.alertDelivery()}`,
      },
    ],
    more: 0,
    writtenAt: at,
    url: `${origin}${paths.alertDelivery()}`,
  };
}
