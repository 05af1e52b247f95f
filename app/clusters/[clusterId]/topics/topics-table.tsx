'use client';
export function TopicsTable(_props: { clusterId: string; initial: unknown; canCreate: boolean }) {
  return null;
}
