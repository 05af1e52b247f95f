'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import type { MarkName } from '#components/ui/mark.tsx';
import { State } from '#components/ui/mark.tsx';
import { getJson, ProblemError } from '#lib/client/get-json.ts';
import { keys } from '#lib/client/keys.ts';
import { formatBytes, formatCountOf } from '#lib/format.ts';
import type { ExportManifest, ExportState } from '#lib/model/message-export.ts';
import { manifestUrl } from './export-address.ts';

const states: Record<ExportState, { mark: MarkName; words: string }> = {
  running: { mark: 'work', words: 'Exporting' },
  complete: { mark: 'good', words: 'Complete' },
  limit: { mark: 'warning', words: 'Stopped at the most that one file holds' },
  budget: { mark: 'warning', words: 'Stopped at the budget' },
  partial: { mark: 'warning', words: 'Partial' },
  cancelled: { mark: 'off', words: 'Cancelled' },
  failed: { mark: 'critical', words: 'Failed' },
};

/** How far an export is, told by its manifest until it has ended. */
export function ExportProgress({ clusterId, topic, id }: { clusterId: string; topic: string; id: string }) {
  const url = manifestUrl(clusterId, topic, id);
  const query = useQuery<ExportManifest>({
    queryKey: keys.of(null, url),
    queryFn: ({ signal }) => getJson<ExportManifest>(url, signal),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : 700),
    // The download and the first question leave together: whichever comes first.
    retry: 5,
    retryDelay: 500,
  });
  const manifest = query.data;
  if (!manifest) {
    if (query.error instanceof ProblemError) return <ProblemLine problem={query.error.problem} />;
    return (
      <p role="status">
        <State mark="work">The browser is asking for the file.</State>
      </p>
    );
  }
  const { mark, words } = states[manifest.state];
  const size = formatBytes(manifest.bytes, 3);
  return (
    <div className="border-t border-line pt-2" role="status">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <State mark={mark}>
          <b>{words}</b>
        </State>
        <span>{formatCountOf(manifest.records, 'record', 'records')}</span>
        <span className="text-ink-3">
          {size.value} {size.unit}
        </span>
      </p>
      <p className="text-xs text-ink-2">
        {manifest.state === 'running'
          ? 'It goes on when this dialog is closed. The browser’s own list of downloads cancels it.'
          : manifest.sentence}
      </p>
      {manifest.state === 'running' ? null : (
        <a className="link text-xs" href={url} download={`${manifest.fileName}.manifest.json`}>
          Download the manifest: bounds, filter, counts and checksum of the file
        </a>
      )}
    </div>
  );
}
