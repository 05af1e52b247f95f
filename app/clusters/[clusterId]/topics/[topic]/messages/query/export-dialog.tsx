'use client';

import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Checkbox, Radio } from '#components/ui/choice.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatBytes, formatCount } from '#lib/format.ts';
import { splitFieldPaths } from '#lib/model/field-path.ts';
import {
  defaultExportFields,
  type ExportFormat,
  exportFields,
  maxExportBytes,
  maxExportRecords,
} from '#lib/model/message-export.ts';
import type { MessageAddress } from '../message-address.ts';
import { exportUrl } from './export-address.ts';
import { ExportProgress } from './export-progress.tsx';
import { searchOf, searchWords } from './search-words.ts';

const formats: Record<ExportFormat, { label: string; help: string }> = {
  ndjson: { label: 'NDJSON', help: 'One JSON object a line, values as they are, numbers exact.' },
  csv: {
    label: 'CSV',
    help: 'One line a record, values as text. Cells that a spreadsheet would take for a formula get a quote sign.',
  },
};

const most = formatBytes(maxExportBytes);

/** What will be written of what the bar asks for, then its progress. The file comes as a download. */
export function ExportDialog({
  clusterId,
  topic,
  address,
  onClose,
}: {
  clusterId: string;
  topic: string;
  address: MessageAddress;
  onClose: () => void;
}) {
  const id = useId();
  const zone = useZone();
  const paths = splitFieldPaths(address.columns);
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set([...defaultExportFields, ...paths]));
  const [bytes, setBytes] = useState<'lossy' | 'all' | 'none'>('lossy');
  const [limit, setLimit] = useState(formatCount(maxExportRecords));
  const [running, setRunning] = useState<string | null>(null);
  const count = Number(limit.replaceAll(/[\s,]/g, ''));
  const limitProblem =
    Number.isInteger(count) && count >= 1 && count <= maxExportRecords
      ? null
      : `From 1 to ${formatCount(maxExportRecords)} records.`;
  const fieldsProblem = chosen.size === 0 ? 'Choose one column at least.' : null;
  const start = () => {
    if (limitProblem || fieldsProblem) return;
    const exportId = crypto.randomUUID();
    const fields = [...exportFields, ...paths].filter((name) => chosen.has(name));
    const link = document.createElement('a');
    link.href = exportUrl(clusterId, topic, address, { format, fields, bytes, limit: count }, exportId);
    link.download = '';
    link.click();
    setRunning(exportId);
  };
  const toggle = (name: string, isOn: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      if (isOn) next.add(name);
      else next.delete(name);
      return next;
    });
  return (
    <Dialog
      isOpen
      isWide
      onClose={onClose}
      title="Export what is found"
      description={
        <>
          Of <span className="name">{topic}</span>: {searchWords(searchOf(address), zone)}, up to now.
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" onClick={start}>
            <Download className="ic" aria-hidden="true" />
            {running ? 'Download again' : 'Download'}
          </Button>
        </>
      }
    >
      <div className="mt-3 grid gap-4">
        <fieldset>
          <legend className="mb-1 font-medium">Format</legend>
          {Object.entries(formats).map(([name, { label, help }]) => (
            <Radio
              key={name}
              className="flex"
              name={`${id}-format`}
              checked={format === name}
              onChange={() => setFormat(name as ExportFormat)}
              label={label}
              help={help}
            />
          ))}
        </fieldset>
        <fieldset aria-describedby={fieldsProblem ? `${id}-fields` : undefined}>
          <legend className="mb-1 font-medium">Columns</legend>
          <div className="grid grid-cols-2 gap-x-4 tablet:grid-cols-3">
            {[...exportFields, ...paths].map((name) => (
              <Checkbox
                key={name}
                checked={chosen.has(name)}
                onChange={(event) => toggle(name, event.target.checked)}
                label={<span className="name">{name}</span>}
              />
            ))}
          </div>
          {fieldsProblem ? (
            <p id={`${id}-fields`} role="alert" className="flex items-baseline gap-1.5 text-xs text-critical">
              <Mark name="critical" /> {fieldsProblem}
            </p>
          ) : null}
        </fieldset>
        <div className="grid gap-4 tablet:grid-cols-2">
          <div className="fld">
            <label htmlFor={`${id}-bytes`}>Bytes as base64 beside the text</label>
            <Select
              id={`${id}-bytes`}
              value={bytes}
              onChange={(event) => setBytes(event.target.value as 'lossy' | 'all' | 'none')}
              options={[
                { value: 'lossy', label: 'Where text would not give them back' },
                { value: 'all', label: 'Always' },
                { value: 'none', label: 'Never' },
              ]}
            />
          </div>
          <div className="fld">
            <label htmlFor={`${id}-limit`}>At most</label>
            <Input
              id={`${id}-limit`}
              inputMode="numeric"
              suffix="records"
              value={limit}
              onChange={(event) => setLimit(event.target.value)}
              aria-invalid={limitProblem ? true : undefined}
              aria-describedby={limitProblem ? `${id}-limit-error` : undefined}
            />
            {limitProblem ? (
              <div className="er" id={`${id}-limit-error`} role="alert">
                <Mark name="critical" /> <span>{limitProblem}</span>
              </div>
            ) : null}
          </div>
        </div>
        <p className="text-xs text-ink-3">
          One file holds at most {formatCount(maxExportRecords)} records and {most.value} {most.unit}, and
          what the budget of the bar lets be read. What masking policies hide from you is hidden in the file.
          That you exported, with which filter and how many records, stands in the audit.
        </p>
        {running ? <ExportProgress key={running} clusterId={clusterId} topic={topic} id={running} /> : null}
      </div>
    </Dialog>
  );
}
