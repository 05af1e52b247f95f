import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { DownloadMessageInput } from '#lib/model/message-request.ts';
import { contextOf } from '#lib/operations/context.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { inputOf, problemResponse } from '#lib/operations/serve.ts';
import { readMessageField } from '#lib/scan/read-message.ts';
import { scanPool } from '#lib/scan/shared-pool.ts';
import { hidesBytes } from '#lib/serde/masks.ts';
import { masksFor } from '../mask/masks-for.ts';
import { attachmentName } from './attachment-name.ts';
import { messageSource } from './message-source.ts';
import { placeOf } from './read-message.ts';

/** One field of one record as its bytes; refused where a mask hides any of it. */
const readField = defineQuery({
  name: 'message.download',
  summary: 'The key, the value or a header of one message, as stored.',
  path: '/clusters/[clusterId]/topics/[topic]/messages/[partition]/[offset]/download',
  permission: 'message:read',
  rate: 'browse',
  input: DownloadMessageInput,
  output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  audited: (input, bytes) => ({
    partition: input.partition,
    offset: input.offset,
    field: input.field === 'header' ? `header ${input.header}` : input.field,
    sizeBytes: bytes.byteLength,
  }),
  run: async (context, input) => {
    const masks = await masksFor(context.principal, input.clusterId, input.topic);
    // Bytes cannot be masked in part.
    if (masks && hidesBytes(masks.value, input.field))
      throw new AppError('message.masked', { field: input.field, topic: input.topic });
    const source = await messageSource(input.clusterId, input.topic);
    const field = input.field === 'header' ? { header: input.header } : input.field;
    const bytes = await readMessageField(source, scanPool(), placeOf(input), field, {
      signal: context.signal,
    });
    if (!bytes)
      throw new AppError('message.no-field', {
        field: input.field,
        partition: input.partition,
        offset: input.offset,
      });
    return bytes;
  },
});

type Route = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * A key, value or header of a message as a file: always an attachment of bytes, never something the browser would draw (R25).
 */
export async function downloadMessage(request: Request, route: Route): Promise<Response> {
  try {
    const context = await contextOf(request.headers, request.signal);
    const input = inputOf(new URL(request.url), await route.params);
    const result = await runQuery(readField, context, input);
    if (!result.ok) return problemResponse(result.problem);
    const { topic, partition, offset, field } = DownloadMessageInput.parse(input);
    // A copy with a buffer of its own: the bytes are a view into what came from the worker.
    return new Response(Uint8Array.from(result.value), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${attachmentName(topic, partition, offset, field)}"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}
