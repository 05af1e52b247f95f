import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { readChannelToSend } from '#lib/gateways/database/alert-channels.ts';
import type { NewAlertEvent } from '#lib/gateways/database/alert-events.ts';
import type { ClaimedNotice, NoticeEnd } from '#lib/gateways/database/alert-notices.ts';
import type { Receiver } from '#lib/gateways/notify/receiver.ts';
import { sendMessage } from '#lib/gateways/notify/send-message.ts';
import type { AlertEventKind } from '#lib/model/alert-incident.ts';
import type { NoticeKind } from '#lib/model/alert-notice.ts';

/** One try, and five more (R21). */
export const maxTries = 6;
/** Shorter than a claim lasts, so that nobody else sends the same while this try is still under way. */
const tryMs = 45_000;
const firstRetryMs = 5_000;

/** How long to wait after a try that failed: four times as long after each, a quarter more or less. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  return Math.round(firstRetryMs * 4 ** (attempt - 1) * (0.75 + random() * 0.5));
}

const verbs: Readonly<Record<NoticeKind, { kind: AlertEventKind; words: string }>> = {
  opened: { kind: 'sent', words: 'Sent to' },
  repeated: { kind: 'repeated', words: 'Sent again to' },
  escalated: { kind: 'escalated', words: 'Escalated to' },
  resolved: { kind: 'sent', words: 'Told as resolved to' },
  test: { kind: 'sent', words: 'Tried on' },
};

/** Tries to send a claimed notice, and says how it ended. Throws only when the database cannot be asked for the channel. */
export async function deliver(notice: ClaimedNotice, signal?: AbortSignal): Promise<NoticeEnd> {
  const { kind, words } = verbs[notice.kind];
  const events = (event: AlertEventKind, text: string): NewAlertEvent[] =>
    notice.incidentIds.map((incidentId) => ({
      incidentId,
      kind: event,
      text,
      data: { noticeId: notice.id, channelId: notice.channelId },
    }));
  let name = 'its channel';
  try {
    const channel = await readChannelToSend(notice.channelId);
    if (!channel) return { state: 'dropped', error: 'Its channel was deleted.', events: [] };
    if (!channel.isEnabled) return { state: 'dropped', error: 'Its channel is switched off.', events: [] };
    name = channel.name;
    const deadline = AbortSignal.any([AbortSignal.timeout(tryMs), ...(signal ? [signal] : [])]);
    const { note } = await sendMessage(channel as unknown as Receiver, notice.message, deadline);
    return {
      state: 'sent',
      error: note,
      events: events(kind, `${words} ${name}.${note ? ` ${note}` : ''}`),
    };
  } catch (error) {
    // Nothing is known of the channel then, and the end could not be written either: the claim runs out (F5).
    if (error instanceof AppError && error.code === 'database.unavailable') throw error;
    const { what } = toProblem(error);
    if (notice.attempt >= maxTries)
      return {
        state: 'failed',
        error: what,
        events: events('failed', `Not delivered to ${name} after ${notice.attempt} tries. ${what}`),
      };
    const asked = error instanceof AppError ? Number(error.facts.retryAfterSeconds ?? 0) * 1_000 : 0;
    return {
      state: 'waiting',
      retryMs: Math.max(retryDelay(notice.attempt), asked),
      error: what,
      events: [],
    };
  }
}
