import { recordRead } from '#lib/audit/record.ts';
import { onRevoked } from '#lib/auth/on-revoked.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { streamAudit } from '#lib/gateways/database/audit-search.ts';
import { log } from '#lib/log.ts';
import type { AuditEntry } from '#lib/model/audit.ts';
import { csvLine } from '#lib/model/csv.ts';
import { admit } from '#lib/operations/admit.ts';
import { type Context, contextOf } from '#lib/operations/context.ts';
import { inputOf, problemResponse } from '#lib/operations/serve.ts';
import { auditFilter } from './audit-filter.ts';
import { AuditFilterInput } from './list-audit.ts';

const columns = [
  'seq',
  'at',
  'endedAt',
  'outcome',
  'action',
  'targetType',
  'targetId',
  'clusterId',
  'actorName',
  'actorId',
  'actorRole',
  'actorVia',
  'ip',
  'userAgent',
  'requestId',
  'operationId',
  'errorCode',
  'details',
  'result',
] as const;

const entry = {
  name: 'audit.export',
  permission: 'audit:export' as const,
  input: AuditFilterInput,
  target: () => ({ type: 'audit' as const, id: 'audit', clusterId: null }),
};

/**
 * The audit as CSV, all that matches, streamed as fast as the reader takes it. The export itself is in the audit before its
 * first line is sent. It breaks off, so that the browser calls it failed, when the reader's rights end meanwhile (R5).
 */
export async function exportAudit(request: Request): Promise<Response> {
  try {
    const context = await contextOf(request.headers, request.signal);
    const input = await admit(context, entry, inputOf(new URL(request.url), {}), 'export');
    await recordRead(context, entry.name, entry.target(), input);
    const pieces = streamAudit(auditFilter(input, Date.now()));
    return new Response(csvStream(pieces, context), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="millrace-audit-${new Date().toISOString().slice(0, 10)}.csv"`,
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}

/** Lines of CSV, read piece by piece when the reader wants more. */
function csvStream(pieces: AsyncGenerator<AuditEntry[]>, context: Context): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stopWatching = () => {};
  let isRevoked = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      stopWatching = onRevoked(context.principal, () => {
        isRevoked = true;
        controller.error(new AppError('auth.required'));
      });
      controller.enqueue(encoder.encode(csvLine(columns)));
    },
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (isRevoked) return;
        if (done || context.signal.aborted) {
          stopWatching();
          controller.close();
        } else controller.enqueue(encoder.encode(value.map(lineOf).join('')));
      } catch (error) {
        stopWatching();
        // Only the log can say why: the answer has begun, so all the reader sees is that it broke off.
        log.warn('audit.export-broken', { requestId: context.requestId, error });
        throw error;
      }
    },
    async cancel() {
      stopWatching();
      await pieces.return(undefined);
    },
  });
}

const lineOf = (one: AuditEntry): string =>
  csvLine(
    columns.map((column) =>
      column === 'details' || column === 'result'
        ? one[column] === null || one[column] === undefined
          ? ''
          : JSON.stringify(one[column])
        : (one[column] ?? ''),
    ),
  );
