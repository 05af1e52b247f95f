import { readFileSync } from 'node:fs';
import { env, RefusedToStart } from '#lib/env.ts';
import { applyFileCluster } from '#lib/gateways/database/clusters.ts';
import { log } from '#lib/log.ts';
import { ClustersFile } from '#lib/model/cluster-record.ts';

/**
 * Makes the clusters of MILLRACE_CLUSTERS_FILE what the file says, checked as the form checks them.
 * @throws RefusedToStart naming the field that is wrong
 */
export async function loadClustersFile(): Promise<void> {
  const path = env().MILLRACE_CLUSTERS_FILE;
  if (!path) return;
  const parsed = ClustersFile.safeParse(readJson(path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new RefusedToStart(
      `MILLRACE_CLUSTERS_FILE: ${issue.path.join('.') || 'the file'}: ${issue.message}`,
    );
  }
  for (const cluster of parsed.data.clusters) await applyFileCluster(cluster, true);
  log.info('clusters-file.loaded', { count: parsed.data.clusters.length });
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new RefusedToStart(`MILLRACE_CLUSTERS_FILE cannot be read: ${path}.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RefusedToStart(`MILLRACE_CLUSTERS_FILE is not JSON: ${path}${placeOf(error, text)}.`);
  }
}

/** Where the text stops being JSON. Not the words of the parser: they quote the text, and passwords stand in it. */
function placeOf(error: unknown, text: string): string {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return at === undefined ? '' : `, line ${text.slice(0, Number(at)).split('\n').length}`;
}
