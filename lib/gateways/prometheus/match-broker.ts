type Broker = { id: number; host: string };

/**
 * Which broker a label's value means: by what was entered for it, or because it is the id, the broker's host (with a port or without), or
 * a pod's name that ends with the id of a broker. Null when it means none, or more than one.
 */
export function matchBroker(
  value: string,
  brokers: readonly Broker[],
  entered: readonly { broker: number; value: string }[],
): number | null {
  const known = entered.find((one) => one.value === value);
  if (known) return known.broker;
  if (/^\d{1,10}$/.test(value)) return Number(value);
  const host = value
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (host === '') return null;
  const byHost = brokers.filter((broker) => broker.host.toLowerCase() === host);
  if (byHost.length > 0) return byHost.length === 1 ? byHost[0]!.id : null;
  const isAddress = /^[\d.]+$/.test(host) || host.includes(':');
  const byPod = isAddress ? [] : brokers.filter((broker) => firstLabel(broker.host) === firstLabel(host));
  if (byPod.length > 0) return byPod.length === 1 ? byPod[0]!.id : null;
  const end = isAddress ? undefined : /-(\d{1,10})$/.exec(firstLabel(host))?.[1];
  return end !== undefined && brokers.some(({ id }) => id === Number(end)) ? Number(end) : null;
}

const firstLabel = (host: string): string => host.toLowerCase().split('.')[0]!;
