import { cache } from 'react';
import { ask } from '#lib/operations/ask.ts';
import { readGroup } from '#lib/services/group/read-group.ts';

export type GroupParams = { params: Promise<{ clusterId: string; groupId: string }> };

/** The parameters of the address as they were meant. */
export async function groupParams({ params }: GroupParams): Promise<{ clusterId: string; groupId: string }> {
  const { clusterId, groupId } = await params;
  return { clusterId, groupId: decodeURIComponent(groupId) };
}

/** The group of the page, read once for the frame and the face in it. */
export const groupOfPage = cache((clusterId: string, groupId: string) =>
  ask(readGroup, { clusterId, groupId }),
);
