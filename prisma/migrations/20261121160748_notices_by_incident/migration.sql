-- CreateIndex
CREATE INDEX "alert_notices_incident_ids_idx" ON "alert_notices" USING GIN ("incident_ids");
