import { z } from 'zod';
import { snapshotOf } from '#lib/collector/collectors.ts';
import { contentTypes, expose, type Family, formOf } from '#lib/collector/exposition/exposition.ts';
import { kafkaFamilies } from '#lib/collector/exposition/kafka-families.ts';
import { ownFamilies } from '#lib/collector/exposition/own-families.ts';
import { seriesFamilies } from '#lib/collector/exposition/series-families.ts';
import { isSampled } from '#lib/collector/read-snapshot.ts';
import { newestTick } from '#lib/collector/ticks.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { listClusters } from '#lib/gateways/database/clusters.ts';
import { log } from '#lib/log.ts';
import { ClusterId } from '#lib/model/ids.ts';
import { admit } from '#lib/operations/admit.ts';
import { contextOf } from '#lib/operations/context.ts';
import { inputOf, problemResponse } from '#lib/operations/serve.ts';

const entry = {
  name: 'metric.export',
  permission: 'metric:read' as const,
  /** One cluster only, for a scraper that has a job for each. */
  input: z.strictObject({ cluster: ClusterId.optional() }),
  target: (input: { cluster?: string | undefined }) =>
    ({ type: 'application', id: 'metrics', clusterId: input.cluster ?? null }) as const,
};

/**
 * The newest numbers of all clusters for Prometheus and what understands it: OpenMetrics when the scraper accepts it, else
 * the older text format. For whoever may read numbers: by an access token, `Authorization: Bearer mlr_…`. It asks no
 * cluster anything, it tells what the collector knows.
 */
export async function exportMetrics(request: Request): Promise<Response> {
  try {
    const context = await contextOf(request.headers, request.signal);
    const input = await admit(context, entry, inputOf(new URL(request.url), {}), 'read');
    const ids = (await listClusters())
      .map(({ id }) => id)
      .filter((id) => input.cluster === undefined || id === input.cluster);
    const form = formOf(request.headers.get('accept'));
    return new Response(streamOf(expose(timed(familiesOf(ids)), form)), {
      headers: { 'content-type': contentTypes[form], 'cache-control': 'private, no-store' },
    });
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}

function familiesOf(ids: readonly string[]): Family[] {
  const clusters = ids.flatMap((id) => {
    const snapshot = snapshotOf(id);
    return isSampled(snapshot) ? [{ id, snapshot }] : [];
  });
  const ticks = ids.flatMap((id) => newestTick(id) ?? []);
  return [...kafkaFamilies(clusters), ...seriesFamilies(ticks), ...ownFamilies()];
}

/** The families, and after them how long it took to tell them. */
function* timed(families: readonly Family[]): Iterable<Family> {
  const began = performance.now();
  yield* families;
  yield {
    name: 'millrace_scrape_duration_seconds',
    type: 'gauge',
    help: 'How long these metrics took to write.',
    samples: () => [{ labels: {}, value: (performance.now() - began) / 1000 }],
  };
}

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        // Only the log can say why: the answer has begun.
        log.warn('metrics.export-broken', { error });
        throw error;
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
