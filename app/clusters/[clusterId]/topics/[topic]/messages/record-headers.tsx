'use client';

import { FieldLine } from './message-columns.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatCount } from '#lib/format.ts';
import type { MessageDetail } from '#lib/model/message.ts';
import { downloadUrl, type Place } from './message-address.ts';

/** Headers in their order; a name that comes twice stands twice. */
export function RecordHeaders({
  clusterId,
  topic,
  place,
  message,
}: {
  clusterId: string;
  topic: string;
  place: Place;
  message: MessageDetail;
}) {
  const { headers, headerCount } = message;
  if (headerCount === 0) {
    return <p className="rounded-sm bg-sunken px-2.5 py-2 text-ink-2">This record has no headers.</p>;
  }
  return (
    <>
      {headers.length < headerCount ? (
        <Notice tone="warning" isSlim className="mb-1.5">
          The first {formatCount(headers.length)} of {formatCount(headerCount)} headers are shown.
        </Notice>
      ) : null}
      <div className="max-h-[420px] overflow-auto">
        <table className="dt">
          <caption className="vh">Headers of the record, in their order</caption>
          <thead>
            <tr>
              <th scope="col">Header</th>
              <th scope="col">Value</th>
              <th scope="col">
                <span className="vh">Download</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {headers.map((header, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a header is its place; its name may come again
              <tr key={index}>
                <td className="wrap name align-top">{header.name === '' ? 'Empty name' : header.name}</td>
                <td className="wrap w-full [overflow-wrap:anywhere] [&_.codeline]:whitespace-pre-wrap">
                  <FieldLine field={header.value} absent="Null" />
                </td>
                <td>
                  {header.value && header.value.sizeBytes > 0 ? (
                    <a
                      className="text-xs"
                      href={downloadUrl(clusterId, topic, place, 'header', index)}
                      download
                      aria-label={`Download header ${header.name}`}
                    >
                      Download
                    </a>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
