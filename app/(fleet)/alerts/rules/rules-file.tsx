'use client';

import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { FieldFrame } from '#components/forms/fields.tsx';
import { noAnswer } from '#components/forms/use-action-form.ts';
import { useOnce } from '#components/forms/use-once.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/choice.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Textarea } from '#components/ui/input.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { getJson } from '#lib/client/get-json.ts';
import { formatCountOf } from '#lib/format.ts';
import type { ActionResult, Problem } from '#lib/model/problem.ts';
import { apiPath } from '#lib/paths.ts';
import type { RuleChange } from '#lib/services/rule/import-rules.ts';
import { importRulesAction, planImportRulesAction } from './actions.ts';
import { RuleChanges } from './rule-changes.tsx';

type Plan = { changes: RuleChange[]; digest: string; text: string; isAll: boolean };

/** All rules as one file: read, copied, downloaded, changed and imported again by a plan. */
export function RulesFile({ mayChange }: { mayChange: boolean }) {
  const id = useId();
  const router = useRouter();
  const once = useOnce();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [isAll, setAll] = useState(false);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);

  const attempt = async <T,>(ask: () => Promise<ActionResult<T>>): Promise<T | null> => {
    setPending(true);
    setProblem(null);
    try {
      const result = await ask();
      if (result.ok) return result.value;
      setProblem(result.problem);
    } catch {
      setProblem(noAnswer);
    } finally {
      setPending(false);
    }
    return null;
  };
  const open = async () => {
    setOpen(true);
    setText(null);
    setPlan(null);
    setProblem(null);
    try {
      const file = await getJson<{ yaml: string }>(apiPath('/alerts/rules/export', {}));
      setText(file.yaml);
    } catch {
      setProblem({ ...noAnswer, what: 'The rules could not be read.', next: 'Close this and try again.' });
    }
  };
  const look = async () => {
    if (text === null) return;
    const value = await attempt(() => planImportRulesAction({ text, isAll }));
    if (value) setPlan({ ...value, text, isAll });
  };
  const bring = async () => {
    if (!plan) return;
    const input = { text: plan.text, isAll: plan.isAll, digest: plan.digest };
    const value = await attempt(() => importRulesAction(input, once.of(input)));
    once.answered();
    if (!value) return setPlan(null);
    showToast({
      outcome: 'good',
      title: `Imported: ${value.created} new, ${value.changed} changed, ${value.deleted} deleted.`,
    });
    setOpen(false);
    router.refresh();
  };
  const acts = plan?.changes.filter(({ act }) => act !== 'keep').length ?? 0;
  const fault = problem?.fields?.text;
  return (
    <>
      <Button onClick={() => void open()}>Rules as YAML</Button>
      <Sheet
        kind="plan"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={plan ? 'What the import changes' : 'Rules as YAML'}
        description={
          plan
            ? 'Rules are the same by their names. All of it is done, or nothing.'
            : 'Keep it with your code. What is changed here is imported by a plan.'
        }
        footer={
          plan ? (
            <>
              <Button onClick={() => setPlan(null)}>Back to the file</Button>
              <Button
                variant="primary"
                disabled={acts === 0}
                isPending={isPending}
                onClick={() => void bring()}
              >
                {acts === 0 ? 'Nothing changes' : `Import ${formatCountOf(acts, 'change', 'changes')}`}
              </Button>
            </>
          ) : (
            <>
              <CopyButton text={text ?? ''} label="Copy file" />
              <Button disabled={text === null} onClick={() => download(text ?? '')}>
                Download
              </Button>
              {mayChange ? (
                <Button
                  variant="primary"
                  isPending={isPending}
                  disabled={text === null}
                  onClick={() => void look()}
                >
                  Plan import
                </Button>
              ) : null}
            </>
          )
        }
      >
        {problem && !fault ? <ProblemLine problem={problem} title="Not imported." /> : null}
        {plan ? (
          <RuleChanges changes={plan.changes} />
        ) : text === null ? (
          <p className="text-ink-3">{problem ? '' : 'Reading the rules.'}</p>
        ) : (
          <div className="grid gap-4">
            <FieldFrame id={id} label="Rules" error={fault}>
              <Textarea
                id={id}
                value={text}
                rows={26}
                isMono
                readOnly={!mayChange}
                aria-invalid={fault ? true : undefined}
                onChange={(event) => setText(event.target.value)}
              />
            </FieldFrame>
            {mayChange ? (
              <Checkbox
                label="Delete rules that are not in the file"
                help="Then the file is all there is."
                checked={isAll}
                onChange={(event) => setAll(event.target.checked)}
              />
            ) : null}
          </div>
        )}
      </Sheet>
    </>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'alert-rules.yaml';
  link.click();
  URL.revokeObjectURL(url);
}
