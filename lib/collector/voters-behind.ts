import type { Snapshot } from './snapshot.ts';

/** A voter is behind when it has not caught up with the leader's log for ten seconds (the default fetch timeout of a voter is 2 s). */
const voterBehindMs = 10_000;

/**
 * Voters of the controller quorum that are behind its leader, those that are down among them, with for how long: null for
 * one that has never caught up under this leader. Null when the quorum is not known.
 */
export function votersBehind(
  snapshot: Pick<Snapshot, 'quorum'>,
): { id: number; lagMs: number | null }[] | null {
  const { value: quorum, at: readAt } = snapshot.quorum;
  if (!quorum || readAt === null) return null;
  const leader = quorum.voters.find((voter) => voter.id === quorum.leaderId);
  // The leader tells its own present time as when it caught up: measured by one clock, not by the leader's and ours.
  const leaderNow = leader?.lastCaughtUpMs || readAt;
  const behind: { id: number; lagMs: number | null }[] = [];
  for (const voter of quorum.voters) {
    if (voter.id === quorum.leaderId) continue;
    const caughtUp = voter.lastCaughtUpMs ?? 0;
    if (caughtUp > 0) {
      if (leaderNow - caughtUp > voterBehindMs) behind.push({ id: voter.id, lagMs: leaderNow - caughtUp });
    } else if (leader && voter.logEndOffset < leader.logEndOffset) behind.push({ id: voter.id, lagMs: null });
  }
  return behind;
}
