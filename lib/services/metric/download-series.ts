import { toProblem } from '#lib/errors/to-problem.ts';
import { csvLine } from '#lib/model/csv.ts';
import type { SeriesAnswer } from '#lib/model/series.ts';
import { contextOf } from '#lib/operations/context.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { inputOf, problemResponse } from '#lib/operations/serve.ts';
import { readSeries } from './read-series.ts';

/**
 * What `readSeries` answers, as a file: a line for each time, a column for each series. A gap is an empty cell. By the same
 * query with the same rights.
 */
export async function downloadSeries(
  request: Request,
  route: { params: Promise<{ clusterId: string }> },
): Promise<Response> {
  try {
    const context = await contextOf(request.headers, request.signal);
    const input = inputOf(new URL(request.url), await route.params);
    const result = await runQuery(readSeries, context, input);
    if (!result.ok) return problemResponse(result.problem);
    return new Response(seriesCsv(result.value), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="millrace-numbers-${new Date().toISOString().slice(0, 10)}.csv"`,
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}

/** Columns are named `kind name`, and `kind name, earlier` for what stood there a day or a week before. */
export function seriesCsv({ at, series }: SeriesAnswer): string {
  const columns = series.flatMap(({ kind, name, values, before }) => {
    const title = name === '' ? kind : `${kind} ${name.replace('\t', ' ')}`;
    return [{ title, values }, ...(before ? [{ title: `${title}, earlier`, values: before }] : [])];
  });
  const lines = at.map((time, i) =>
    csvLine([new Date(time).toISOString(), ...columns.map(({ values }) => values[i] ?? '')]),
  );
  return csvLine(['time', ...columns.map(({ title }) => title)]) + lines.join('');
}
