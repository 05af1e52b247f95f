import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { ExportManifest } from '#lib/model/message-export.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { manifestOf } from './export-manifests.ts';

/** The manifest of an export: what its file holds, and whether that is all. For its own user, until an hour after its end. */
export const readExport = defineQuery({
  name: 'message.read-export',
  summary: 'The manifest of an export of yours: bounds, counts, checksum, and whether the file is whole.',
  path: '/clusters/[clusterId]/topics/[topic]/messages/export/manifest',
  permission: 'message:export',
  input: z.strictObject({ clusterId: ClusterId, topic: TopicName, id: z.uuid() }),
  output: ExportManifest,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (context, { id, clusterId, topic }) => {
    const manifest = manifestOf(context.principal.userId, id);
    if (!manifest || manifest.clusterId !== clusterId || manifest.topic !== topic)
      throw new AppError('export.not-found');
    return structuredClone(manifest);
  },
});
