import { State } from '#components/ui/mark.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Count } from '#components/values/numbers.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import type { Overview } from '#lib/model/overview.ts';

/** The controller quorum with how far each voter is behind, and the feature levels the cluster is finalized at. */
export function QuorumTable({ overview }: { overview: Overview }) {
  const down = new Set(
    overview.brokers.filter((broker) => broker.state === 'critical').map((broker) => broker.id),
  );
  return (
    <div className="grid gap-x-8 desk:grid-cols-2">
      <Bank
        title="Controller quorum"
        note={
          overview.quorum
            ? `${overview.quorum.voters.length} voters, ${overview.quorum.observers} observers`
            : 'not told by this cluster'
        }
      >
        {overview.quorum ? (
          <table className="dt">
            <caption className="vh">Voters of the controller quorum</caption>
            <thead>
              <tr>
                <th scope="col">Voter</th>
                <th scope="col">State</th>
                <th scope="col" className="num">
                  Records behind
                </th>
                <th scope="col" className="num">
                  Caught up
                </th>
              </tr>
            </thead>
            <tbody>
              {overview.quorum.voters.map((voter) => (
                <tr key={voter.id}>
                  <td>{voter.id}</td>
                  <td>
                    {down.has(voter.id) ? (
                      <State mark="critical">Not answering</State>
                    ) : (
                      <State mark="ok">{voter.isLeader ? 'Leader' : 'Follower'}</State>
                    )}
                  </td>
                  <td className="num">
                    <Count value={voter.lag} />
                  </td>
                  <td className="num">
                    {voter.isLeader ? (
                      'Leads'
                    ) : voter.lastCaughtUp ? (
                      <TimeAgo at={voter.lastCaughtUp} />
                    ) : (
                      'Not told'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className="py-2 text-ink-3">
            This cluster does not offer DescribeQuorum, as clusters on ZooKeeper do not.
          </p>
        )}
      </Bank>
      <Bank title="Feature levels" note="finalized, and the highest its brokers could take">
        <table className="dt">
          <caption className="vh">Feature levels</caption>
          <thead>
            <tr>
              <th scope="col">Feature</th>
              <th scope="col" className="num">
                Finalized
              </th>
              <th scope="col" className="num">
                Highest
              </th>
            </tr>
          </thead>
          <tbody>
            {overview.features.map((feature) => (
              <tr key={feature.name}>
                <td className="name">{feature.name}</td>
                <td className="num">{feature.finalized}</td>
                <td className="num">{feature.max}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Bank>
    </div>
  );
}
