-- CreateIndex
CREATE INDEX "audit_events_phase_seq_idx" ON "audit_events"("phase", "seq");

-- Finds a piece of text among millions of events. The extension comes with PostgreSQL; where the role may not add it,
-- searching works all the same and reads more.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "audit_events_text_idx" ON "audit_events" USING gin ((
    "actor_name" || ' ' || "actor_id" || ' ' || "action" || ' ' || coalesce("target_id", '') || ' '
    || coalesce("ip", '') || ' ' || "operation_id"
  ) gin_trgm_ops) WHERE "is_opening";
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
  RAISE NOTICE 'text search in the audit goes without its index';
END
$$;
