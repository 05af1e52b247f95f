import { beginAttempt, finishAttempt } from '#lib/audit/record.ts';
import { onRevoked } from '#lib/auth/on-revoked.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { log } from '#lib/log.ts';
import { defaultExportFields, type ExportManifest, ExportMessagesInput } from '#lib/model/message-export.ts';
import { admit } from '#lib/operations/admit.ts';
import { type Context, contextOf } from '#lib/operations/context.ts';
import { inputOf, problemResponse } from '#lib/operations/serve.ts';
import { apiPath } from '#lib/paths.ts';
import { lifecycle, onStop, registry } from '#lib/process.ts';
import { search } from '#lib/scan/search.ts';
import { searchPool } from '#lib/scan/shared-pool.ts';
import { watchMasks } from '../mask/watch-masks.ts';
import { exportName } from './attachment-name.ts';
import { auditedFilter } from './audited-filter.ts';
import { endManifest, keepManifest } from './export-manifests.ts';
import { ExportRun, type Line } from './export-run.ts';
import { auditedRange } from './message-range.ts';
import { readingOf } from './message-reading.ts';
import { messageSource } from './message-source.ts';

const entry = {
  name: 'message.export',
  permission: 'message:export' as const,
  input: ExportMessagesInput,
  target: (input: { clusterId: string; topic: string }) => ({
    type: 'topic' as const,
    id: input.topic,
    clusterId: input.clusterId,
  }),
};

/** The longest one export may read, in milliseconds. */
const budgetMs = 30 * 60_000;

type Route = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * What a search finds as a file of NDJSON or CSV, streamed as fast as its reader takes it and made in workers. Its begin and its end
 * are in the audit. Reading of the brokers stops when the reader leaves, when the rights end (R5) or the server does.
 */
export async function exportMessages(request: Request, route: Route): Promise<Response> {
  try {
    if (lifecycle().phase === 'stopping') throw new AppError('server.stopping', { retryAfterSeconds: 5 });
    const context = await contextOf(request.headers, request.signal);
    const raw = inputOf(new URL(request.url), await route.params);
    const input = await admit(context, entry, raw, 'export');
    return await begin(context, input, raw);
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}

async function begin(
  context: Context,
  input: ExportMessagesInput,
  raw: Record<string, unknown>,
): Promise<Response> {
  const stop = new AbortController();
  const masks: MaskWatch = { isChanged: false, onChanged: () => {}, stop: () => {} };
  masks.stop = await watchMasks(context.principal, input.clusterId, input.topic, () => {
    masks.isChanged = true;
    masks.onChanged();
  });
  try {
    return await beginWatched(context, input, raw, stop, masks);
  } catch (error) {
    masks.stop();
    throw error;
  }
}

async function beginWatched(
  context: Context,
  input: ExportMessagesInput,
  raw: Record<string, unknown>,
  stop: AbortController,
  masks: MaskWatch,
): Promise<Response> {
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const reading = await readingOf({ ...context, signal }, input);
  const source = await messageSource(input.clusterId, input.topic, 'search');
  const target = entry.target(input);
  const manifest = keepManifest(
    context.principal.userId,
    (id) => manifestFor(id, context, input, raw),
    input.id,
  );
  const run = new ExportRun(manifest, () => stop.abort());
  const operationId = await beginAttempt(context, entry.name, target, {
    ...auditedRange(input),
    ...auditedFilter(input),
    ...{ format: input.format, limit: input.limit, export: manifest.id },
  }).catch((error) => {
    run.fail(error);
    endManifest(manifest.id);
    throw error;
  });
  const finish = async (error?: unknown) => {
    if (error !== undefined) run.fail(error);
    endManifest(manifest.id);
    const { state, records, bytes, offsets, sha256, maskedBy } = manifest;
    await finishAttempt(context, operationId, entry.name, target, {
      outcome: state === 'failed' ? 'failed' : 'succeeded',
      ...(error === undefined ? {} : { errorCode: error instanceof AppError ? error.code : 'internal' }),
      details: { state, records, bytes, offsets: offsets.slice(0, 100), sha256, maskedBy },
    });
  };
  try {
    const pool = searchPool();
    const { fields } = manifest;
    const events = search<Line>(
      source,
      pool,
      {
        ...reading.request,
        maxRows: input.limit,
        render: run.render(pool, { format: input.format, fields, bytes: input.bytes }),
      },
      { ...reading.options, budgetBytes: input.budget * 1_000_000, budgetMs },
    );
    // What is wrong with the question is said before anything is sent.
    const first = await events.next();
    if (!first.done && first.value.type === 'plan') {
      manifest.topicId = first.value.plan.topicId;
      manifest.asOf = first.value.plan.asOf;
    }
    const body = streamOf(run.pieces(events), run, context, masks, finish);
    return new Response(body, { headers: headersOf(manifest) });
  } catch (error) {
    await finish(error);
    throw error;
  }
}

/** What is known of masks that change while they are used. */
type MaskWatch = { isChanged: boolean; onChanged: () => void; stop: () => void };

/** Every export that is being sent, so that a server that stops can end it. */
const running = (): Set<ExportRun> =>
  registry('exports', () => {
    const all = new Set<ExportRun>();
    onStop('streams', 'exports', async () => {
      for (const run of all) run.cancel('The server was stopped.');
    });
    return all;
  });

/** The pieces as their reader takes them. A file that is not what it was to be ends as a download that failed. */
function streamOf(
  pieces: AsyncGenerator<Uint8Array>,
  run: ExportRun,
  context: Context,
  masks: MaskWatch,
  finish: (error?: unknown) => Promise<void>,
): ReadableStream<Uint8Array> {
  let isOver = false;
  let isBroken = false;
  let stopWatching = () => {};
  const over = async (error?: unknown) => {
    if (isOver) return;
    isOver = true;
    stopWatching();
    running().delete(run);
    await finish(error);
  };
  /** Nobody takes more: the search is let come to its end, which is soon, for the manifest. */
  const drain = async () => {
    try {
      while (!(await pieces.next()).done);
      await over();
    } catch (error) {
      await over(error);
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        running().add(run);
        const breakOff = (why: string, error: AppError) => {
          isBroken = true;
          run.cancel(why);
          controller.error(error);
          void drain();
        };
        const stopRevoked = onRevoked(context.principal, () =>
          breakOff('The right to read ended.', new AppError('auth.required')),
        );
        masks.onChanged = () =>
          breakOff('The masking policies of the topic were changed.', new AppError('mask.changed'));
        stopWatching = () => {
          stopRevoked();
          masks.stop();
        };
        if (masks.isChanged) masks.onChanged();
      },
      async pull(controller) {
        try {
          const { value, done } = await pieces.next();
          if (isBroken) return;
          if (!done) return controller.enqueue(value);
          await over();
          // The answer has begun: that it broke off is all that can be said within it. The manifest says why.
          if (['cancelled', 'failed'].includes(run.manifest.state))
            controller.error(new AppError('internal'));
          else controller.close();
        } catch (error) {
          log.warn('message.export-broken', { requestId: context.requestId, error });
          await over(error);
          throw error;
        }
      },
      async cancel() {
        isBroken = true;
        run.cancel('Its reader left.');
        await drain();
      },
    },
    { highWaterMark: 0 },
  );
}

const manifestFor = (
  id: string,
  context: Context,
  input: ExportMessagesInput,
  raw: Record<string, unknown>,
): ExportManifest => ({
  ...{ id, state: 'running', sentence: 'It is being sent.' },
  fileName: exportName(input.topic, new Date(), input.format),
  ...{ format: input.format, clusterId: input.clusterId, topic: input.topic, topicId: null },
  asked: Object.fromEntries(
    Object.entries(raw).flatMap(([name, text]) =>
      ['clusterId', 'topic', 'id'].includes(name) ? [] : [[name, String(text)]],
    ),
  ),
  fields: input.fields.length > 0 ? input.fields : [...defaultExportFields, ...input.columns],
  ...{ records: 0, bytes: 0, sha256: null, offsets: [], asOf: null },
  ...{ startedAt: new Date().toISOString(), endedAt: null, exportedBy: context.principal.name },
  ...{ maskedBy: [], guardedCells: 0, failed: 0, undecoded: 0, abortedRecords: 0 },
  ...{ missing: [], unreadable: [], expired: [], nextToken: null },
});

function headersOf({ id, fileName, format, clusterId, topic }: ExportManifest): Record<string, string> {
  const manifest = apiPath('/clusters/[clusterId]/topics/[topic]/messages/export/manifest', {
    clusterId,
    topic,
    id,
  });
  return {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    // Where to see whether the file is whole.
    link: `<${manifest}>; rel="describedby"; type="application/json"`,
  };
}
