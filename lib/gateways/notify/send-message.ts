import { AppError } from '#lib/errors/app-error.ts';
import { secretsOfKind } from '#lib/model/alert-channel.ts';
import type { AlertMessage } from '#lib/model/alert-notice.ts';
import { sendEmail } from './email.ts';
import { sendOpsgenie } from './opsgenie.ts';
import { sendPagerduty } from './pagerduty.ts';
import type { Receiver, Taken } from './receiver.ts';
import { sendSlack } from './slack.ts';
import { sendTeams } from './teams.ts';
import { sendWebhook } from './webhook.ts';

/**
 * Sends a message over a channel once. Deliveries and trials both come here, so that what guards one guards the other.
 * @throws AppError `channel.incomplete`, `channel.unreachable`, `channel.refused`, `egress.refused`
 */
export async function sendMessage(
  receiver: Receiver,
  message: AlertMessage,
  signal?: AbortSignal,
): Promise<Taken> {
  const { config, secrets } = receiver;
  for (const [field, need] of Object.entries(secretsOfKind[config.kind]))
    if (need === 'needed' && !secrets[field as keyof typeof secrets])
      throw new AppError('channel.incomplete', { field });
  const of = { ...receiver, config } as Receiver<never>;
  switch (config.kind) {
    case 'email':
      return sendEmail(of, message, signal);
    case 'slack':
      return sendSlack(of, message, signal);
    case 'teams':
      return sendTeams(of, message, signal);
    case 'pagerduty':
      return sendPagerduty(of, message, signal);
    case 'opsgenie':
      return sendOpsgenie(of, message, signal);
    case 'webhook':
      return sendWebhook(of, message, signal);
  }
}
