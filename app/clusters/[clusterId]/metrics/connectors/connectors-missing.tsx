import { MissingNotice } from '#components/charts/missing-notice.tsx';
import type { ConnectorListing } from '#lib/model/connector.ts';

/** Why nothing newer is known of connectors, and how old the states are that stand below. */
export function ConnectorsMissing({
  clusterId,
  listing,
}: {
  clusterId: string;
  listing: ConnectorListing | undefined;
}) {
  if (!listing?.missing) return null;
  const { asOf, missing } = listing;
  return <MissingNotice clusterId={clusterId} kind="connector.state" why={missing} asOf={asOf} />;
}
