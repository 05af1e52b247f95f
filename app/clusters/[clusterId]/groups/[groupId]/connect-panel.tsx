import { Empty } from '#components/feedback/faces.tsx';
import { Bank } from '#components/ui/section.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';

/** The group of Connect's workers: it commits nothing; its members share out connectors and their tasks. */
export function ConnectPanel({ group }: { group: GroupDetail }) {
  const connectors = new Set(
    group.memberList.flatMap((member) => (member.connectors ?? []).map(({ connector }) => connector)),
  );
  return (
    <Bank
      title="Workers"
      note={`${formatCountOf(connectors.size, 'connector', 'connectors')} on ${formatCountOf(group.memberList.length, 'worker', 'workers')}. They commit no offsets here: sink connectors read by groups of their own, named connect- and the connector.`}
    >
      {group.memberList.length === 0 ? (
        <Empty title={group.members === null ? 'Workers are not known now' : 'No worker is in this group'}>
          {group.members === null
            ? 'The coordinator did not tell them.'
            : 'Connectors run again once a worker joins.'}
        </Empty>
      ) : (
        <div className="tw">
          <table className="dt">
            <caption className="vh">Workers of {group.groupId}</caption>
            <thead>
              <tr>
                <th scope="col">Worker</th>
                <th scope="col">Host</th>
                <th scope="col">Connectors</th>
                <th scope="col">Tasks</th>
              </tr>
            </thead>
            <tbody>
              {group.memberList.map((member) => {
                const parts = member.connectors ?? [];
                const leads = parts.filter(({ tasks }) => tasks.includes(-1));
                const runs = parts
                  .map(({ connector, tasks }) => ({ connector, tasks: tasks.filter((task) => task >= 0) }))
                  .filter(({ tasks }) => tasks.length > 0);
                return (
                  <tr key={member.memberId}>
                    <td className="name wrap-anywhere">{member.clientId || member.memberId}</td>
                    <td className="text-ink-2">{member.host.replace(/^\//, '')}</td>
                    <td className="wrap">
                      {leads.length === 0 ? (
                        <span className="text-ink-3">None</span>
                      ) : (
                        leads.map(({ connector }) => (
                          <div key={connector} className="name wrap-anywhere">
                            {connector}
                          </div>
                        ))
                      )}
                    </td>
                    <td className="wrap">
                      {member.connectors === null ? (
                        <span className="text-ink-3">Not told</span>
                      ) : runs.length === 0 ? (
                        <span className="text-ink-3">None</span>
                      ) : (
                        runs.map(({ connector, tasks }) => (
                          <div key={connector}>
                            <span className="name wrap-anywhere">{connector}</span> {tasks.join(', ')}
                          </div>
                        ))
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Bank>
  );
}
