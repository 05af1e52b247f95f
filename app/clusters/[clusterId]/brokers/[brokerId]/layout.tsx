import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { BrokerFrame } from './broker-frame.tsx';

type Props = { children: ReactNode; params: Promise<{ clusterId: string; brokerId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Broker ${(await params).brokerId}` };
}

export default async function BrokerLayout({ children, params }: Props) {
  const { clusterId, brokerId } = await params;
  return (
    <BrokerFrame clusterId={clusterId} brokerId={brokerId}>
      {children}
    </BrokerFrame>
  );
}
