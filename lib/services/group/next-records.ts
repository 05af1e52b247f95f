import { recordRead } from '#lib/audit/record.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { ListMessagesInput } from '#lib/model/message-request.ts';
import type { NextRecord } from '#lib/model/offset-reset.ts';
import { allows } from '#lib/model/permission.ts';
import type { Context } from '#lib/operations/context.ts';
import { takeToken } from '#lib/operations/rate.ts';
import { listMessages } from '../message/list-messages.ts';
import type { PlannedMove } from './plan-moves.ts';

/** Records are looked up for so many partitions of a plan, so many at a time, within so many ms. */
const maxLookedUp = 24;
const atOnce = 6;
const patienceMs = 4_000;

/**
 * The record that each move leads to, decoded and masked as the asker may see it. What was read is in the audit as a read of
 * messages (R15); when that cannot be written no record is shown.
 */
export async function nextRecords(
  context: Context,
  clusterId: string,
  moves: readonly PlannedMove[],
): Promise<NextRecord[]> {
  const refusal = refusalOf(context);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(patienceMs)]);
  const read = new Map<string, string[]>();
  const wanted = moves.filter(hasRecord).slice(0, maxLookedUp);
  const found = new Map<PlannedMove, NextRecord>();
  const left = [...wanted];
  const work = async (): Promise<void> => {
    for (let move = left.shift(); move; move = left.shift())
      found.set(move, await look(context, clusterId, move, signal, read));
  };
  if (refusal === null) await Promise.all(Array.from({ length: atOnce }, work));
  for (const [topic, rows] of read)
    await recordRead(context, 'message.list', { type: 'topic', id: topic, clusterId }, noteOf(rows));
  return moves.map((move) => {
    if (move.to === null) return unknown('It will have no committed offset.');
    if (move.to === move.endOffset) return { kind: 'end' };
    if (refusal !== null) return unknown(refusal);
    return found.get(move) ?? unknown(`Records are looked up for the first ${maxLookedUp} partitions.`);
  });
}

/** Why this asker is shown no record now, null when nothing keeps it. It counts as one reading of messages (R26). */
function refusalOf({ principal }: Context): string | null {
  if (!allows(principal.role, 'message:read')) return 'Your role may not read messages.';
  try {
    takeToken(`${principal.via}:${principal.userId}`, 'browse');
    return null;
  } catch {
    return 'Messages were read too often in the last minute.';
  }
}

const hasRecord = (move: PlannedMove): boolean => move.to !== null && move.to !== move.endOffset;
const unknown = (why: string): NextRecord => ({ kind: 'unknown', why });

async function look(
  context: Context,
  clusterId: string,
  { topic, partition, to }: PlannedMove,
  signal: AbortSignal,
  read: Map<string, string[]>,
): Promise<NextRecord> {
  try {
    const input = {
      clusterId,
      topic,
      order: 'oldest',
      from: `offset:${to}`,
      partitions: `${partition}`,
      pageSize: 1,
    };
    const page = await listMessages.run({ ...context, signal }, ListMessagesInput.parse(input));
    const [row] = page.rows;
    if (!row && page.outcome !== 'complete') return unknown('The record could not be read.');
    if (!row) return { kind: 'end' };
    read.set(topic, [...(read.get(topic) ?? []), `${partition}: ${row.offset}`]);
    return {
      kind: 'record',
      offset: row.offset,
      timestampMs: Number(row.timestampMs),
      key: row.key?.text ?? null,
      isKeyMasked: (row.key?.maskedBy.length ?? 0) > 0,
    };
  } catch (error) {
    context.signal.throwIfAborted();
    if (signal.aborted) return unknown('The record could not be read in time.');
    return unknown(toProblem(error).what);
  }
}

const noteOf = (offsets: string[]) => ({
  purpose: 'next record of an offset reset',
  records: offsets.length,
  offsets: offsets.sort(),
});
