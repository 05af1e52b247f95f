'use client';

import { PreviewLine } from '#components/message/preview-line.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatCount } from '#lib/format.ts';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import { downloadUrl, type Place } from '../message-address.ts';

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
  // A header is its place: its name may come again.
  const numbered = headers.map((header, index) => ({ header, index }));
  return (
    <>
      {headers.length < headerCount ? (
        <Notice tone="warning" isSlim className="mb-1.5">
          The first {formatCount(headers.length)} of {formatCount(headerCount)} headers are shown.
        </Notice>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard */}
      <section className="max-h-[480px] overflow-auto" tabIndex={0} aria-label="Headers">
        <dl className="kv">
          {numbered.map(({ header, index }) => (
            <Header
              key={index}
              name={header.name}
              value={header.value}
              download={downloadUrl(clusterId, topic, place, 'header', index)}
            />
          ))}
        </dl>
      </section>
    </>
  );
}

function Header({ name, value, download }: { name: string; value: MessageField | null; download: string }) {
  return (
    <>
      <dt className="name max-w-[240px] [overflow-wrap:anywhere]">
        {name === '' ? <span className="font-sans">Empty name</span> : name}
      </dt>
      <dd className="flex items-baseline gap-3 [&_.codeline]:whitespace-pre-wrap [&_.codeline]:[overflow-wrap:anywhere]">
        <span className="min-w-0 grow">
          <PreviewLine field={value} side="headers" absent="Null" />
        </span>
        {value && value.sizeBytes > 0 ? (
          <a
            className="shrink-0 text-xs whitespace-nowrap"
            href={download}
            download
            aria-label={`Download header ${name}`}
          >
            Download
          </a>
        ) : null}
      </dd>
    </>
  );
}
