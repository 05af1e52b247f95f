import { recordRead } from '#lib/audit/record.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { streamAudit } from '#lib/gateways/database/audit-search.ts';
import { csvLine } from '#lib/model/csv.ts';
import { allows } from '#lib/model/permission.ts';
import { contextOf } from '#lib/operations/context.ts';
import { parseInput } from '#lib/operations/parse-input.ts';
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
] as const;

/** The audit as CSV, all that matches, streamed. The export itself is in the audit before its first line is sent. */
export async function exportAudit(request: Request): Promise<Response> {
  try {
    const context = await contextOf(request.headers, request.signal);
    if (!allows(context.principal.role, 'audit:export')) {
      throw new AppError('auth.forbidden', { role: context.principal.role, permission: 'audit:export' });
    }
    const input = parseInput(AuditFilterInput, inputOf(new URL(request.url), {}));
    const target = { type: 'audit' as const, id: 'audit', clusterId: null };
    await recordRead(context, 'audit.export', target, input);
    const pieces = streamAudit(auditFilter(input, Date.now()));
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(csvLine(columns))),
      async pull(controller) {
        const { value, done } = await pieces.next();
        if (done || context.signal.aborted) return controller.close();
        const lines = value.map((entry) =>
          csvLine(
            columns.map((column) =>
              column === 'details' ? JSON.stringify(entry.details) : (entry[column] ?? ''),
            ),
          ),
        );
        controller.enqueue(encoder.encode(lines.join('')));
      },
    });
    return new Response(body, {
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
