import { superviseCollectors } from './collectors.ts';
import { superviseSources } from './sources/supervise-sources.ts';

/** Makes what is read of clusters what the clusters are now: after the start, and after each change of one. */
export async function followClusters(): Promise<void> {
  await superviseCollectors();
  await superviseSources();
}
