import { log } from '#lib/log.ts';
import { registry } from '#lib/process.ts';

/** That something happened to incidents of a cluster. What it was stands in the database, which is the only truth of it. */
type NewsListener = (clusterId: string) => void;

const listeners = (): Set<NewsListener> => registry('incident-news', () => new Set());

/**
 * Calls back when this process opened or ended incidents, so that delivery need not wait for its next look. Only a
 * hint: another instance may have done it, and the process may have ended in between.
 */
export function onIncidents(listener: NewsListener): () => void {
  listeners().add(listener);
  return () => void listeners().delete(listener);
}

/** Tells that incidents of a cluster were opened or ended; after they are in the database. */
export function tellIncidents(clusterId: string): void {
  for (const listener of listeners()) {
    try {
      listener(clusterId);
    } catch (error) {
      log.error('incident-news.listener-failed', { cluster: clusterId, error });
    }
  }
}
