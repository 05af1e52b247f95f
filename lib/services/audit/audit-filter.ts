import type { AuditFilter, AuditPhase } from '#lib/model/audit.ts';

type Asked = {
  q: string;
  outcome?: AuditPhase | '' | undefined;
  clusterId?: string | undefined;
  action?: string | undefined;
  range: '1h' | '24h' | '7d' | '30d' | 'all';
  from?: string | undefined;
  to?: string | undefined;
};

const spans = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '30d': 2_592_000_000,
  all: null,
} as const;

/** The filter of the audit as the database takes it. */
export function auditFilter(asked: Asked, nowMs: number): AuditFilter {
  const span = spans[asked.range];
  const hasBounds = Boolean(asked.from || asked.to);
  const fromMs = hasBounds
    ? asked.from
      ? Date.parse(asked.from)
      : undefined
    : span === null
      ? undefined
      : nowMs - span;
  return {
    ...(asked.q ? { q: asked.q } : {}),
    ...(asked.outcome ? { outcome: asked.outcome } : {}),
    ...(asked.clusterId ? { clusterId: asked.clusterId } : {}),
    ...(asked.action ? { actions: [asked.action] } : {}),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(asked.to ? { toMs: Date.parse(asked.to) } : {}),
  };
}
