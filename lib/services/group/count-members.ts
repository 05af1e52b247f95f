import { kafkaOf } from '#lib/collector/connections.ts';
import { describeGroups } from '#lib/gateways/kafka/describe-groups.ts';
import type { GroupListing } from '#lib/model/group.ts';

/** How long a list waits for the members of its rows before it shows them as unknown. */
const patienceMs = 400;

/** Counts the members of the groups on a page, asked now. What does not answer in time stays unknown. */
export async function withMembers(
  clusterId: string,
  listing: GroupListing,
  signal: AbortSignal,
): Promise<GroupListing> {
  const asked = listing.rows
    .filter((row) => row.members === null && row.coordinator !== null && row.state !== 'unknown')
    .map((row) => ({ groupId: row.groupId, type: row.type, coordinator: row.coordinator! }));
  if (asked.length === 0) return listing;
  try {
    const described = await describeGroups(await kafkaOf(clusterId), asked, {
      signal,
      timeoutMs: patienceMs,
    });
    const members = new Map(
      described.filter((group) => !group.error).map((group) => [group.groupId, group.members.length]),
    );
    return {
      ...listing,
      rows: listing.rows.map((row) => ({ ...row, members: row.members ?? members.get(row.groupId) ?? null })),
    };
  } catch {
    // Members are an addition to the list: without them it still stands.
    return listing;
  }
}
