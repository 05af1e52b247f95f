/**
 * Keys of the browser's query cache. A key is the address of the GET behind it, led by the cluster,
 * so that one tick of a cluster's collector can refresh all that is shown of it and nothing else.
 */
export const keys = {
  of: (clusterId: string | null, url: string) => ['clusters', clusterId ?? 'all', url] as const,
  cluster: (clusterId: string) => ['clusters', clusterId] as const,
};
