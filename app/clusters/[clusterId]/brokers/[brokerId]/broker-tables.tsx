import Link from 'next/link';
import { State } from '#components/ui/mark.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Bytes, Count, ObjectName } from '#components/values/numbers.tsx';
import { formatCount } from '#lib/format.ts';
import type { BrokerDetail } from '#lib/model/broker.ts';
import { paths } from '#lib/paths.ts';

/** The folders a broker keeps logs in, with what their volumes have left (KIP-827). */
export function LogDirs({ dirs }: { dirs: BrokerDetail['logDirs'] }) {
  return (
    <Bank title="Log dirs" note={dirs.length === 0 ? 'not told' : undefined}>
      {dirs.length === 0 ? (
        <p className="py-2 text-ink-3">The broker has not told its log dirs.</p>
      ) : (
        <div className="tw">
          <table className="dt">
            <caption className="vh">Log dirs</caption>
            <thead>
              <tr>
                <th scope="col">Path</th>
                <th scope="col">State</th>
                <th scope="col" className="num">
                  Replicas
                </th>
                <th scope="col" className="num">
                  Logs
                </th>
                <th scope="col" className="num">
                  Free
                </th>
              </tr>
            </thead>
            <tbody>
              {dirs.map((dir) => (
                <tr key={dir.path}>
                  <td className="name wrap-anywhere whitespace-normal!">{dir.path}</td>
                  <td>
                    {dir.error ? <State mark="critical">{dir.error}</State> : <State mark="ok">Online</State>}
                  </td>
                  <td className="num">{formatCount(dir.replicas)}</td>
                  <td className="num">
                    <Bytes value={dir.sizeBytes} />
                  </td>
                  <td className="num">
                    {dir.freeBytes === null ? (
                      <span className="text-ink-3">Not told</span>
                    ) : (
                      <Bytes value={dir.freeBytes} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Bank>
  );
}

/** The topics that take most of the broker's disk. */
export function LargestTopics({ clusterId, broker }: { clusterId: string; broker: BrokerDetail }) {
  return (
    <Bank title="Largest topics here" note={`${broker.largestTopics.length}, by bytes of replicas`}>
      <div className="tw">
        <table className="dt">
          <caption className="vh">Largest topics on broker {broker.id}</caption>
          <thead>
            <tr>
              <th scope="col">Topic</th>
              <th scope="col" className="num">
                Leaders here
              </th>
              <th scope="col" className="num">
                Size
              </th>
            </tr>
          </thead>
          <tbody>
            {broker.largestTopics.map((row) => (
              <tr key={row.topic}>
                <td>
                  <Link className="name" href={paths.topic(clusterId, row.topic)}>
                    <ObjectName name={row.topic} />
                  </Link>
                </td>
                <td className="num">
                  <Count value={row.leaders} />
                </td>
                <td className="num">
                  <Bytes value={row.sizeBytes} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Bank>
  );
}

/** What Millrace has asked of the broker since it knows it: the cost of watching, by API. */
export function AskedTable({ broker }: { broker: BrokerDetail }) {
  return (
    <Bank title="Asked by Millrace" note="since it connected">
      {broker.asked.length === 0 ? (
        <p className="py-2 text-ink-3">Nothing was asked of this broker yet.</p>
      ) : (
        <div className="tw">
          <table className="dt">
            <caption className="vh">Requests from Millrace to broker {broker.id}</caption>
            <thead>
              <tr>
                <th scope="col">API</th>
                <th scope="col" className="num">
                  Requests
                </th>
                <th scope="col" className="num">
                  Without an answer
                </th>
              </tr>
            </thead>
            <tbody>
              {broker.asked.slice(0, 10).map((row) => (
                <tr key={row.api}>
                  <td className="name">{row.api}</td>
                  <td className="num">
                    <Count value={row.requests} />
                  </td>
                  <td className="num">
                    <Count value={row.failures} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Bank>
  );
}
