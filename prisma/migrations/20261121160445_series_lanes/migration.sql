-- DropIndex
DROP INDEX "series_layouts_cluster_id_hash_key";

-- AlterTable
ALTER TABLE "series_chunks" ADD COLUMN     "first" DOUBLE PRECISION,
ADD COLUMN     "last" DOUBLE PRECISION,
ADD COLUMN     "least" DOUBLE PRECISION,
ADD COLUMN     "most" DOUBLE PRECISION,
ADD COLUMN     "total" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "series_hot" DROP CONSTRAINT "series_hot_pkey",
ADD COLUMN     "lane" SMALLINT NOT NULL DEFAULT 0,
ADD CONSTRAINT "series_hot_pkey" PRIMARY KEY ("cluster_id", "lane", "at");

-- AlterTable
ALTER TABLE "series_layouts" ADD COLUMN     "lane" SMALLINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "series_layouts_cluster_id_lane_hash_key" ON "series_layouts"("cluster_id", "lane", "hash");
