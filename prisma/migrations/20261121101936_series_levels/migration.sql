-- DropIndex
DROP INDEX "series_chunks_to_at_idx";

-- AlterTable
ALTER TABLE "series_chunks" ADD COLUMN     "level" SMALLINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "series_chunks_level_to_at_idx" ON "series_chunks"("level", "to_at");
