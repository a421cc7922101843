/** After how many hours people are reminded, by urgency. */
import { useState, type ReactElement } from 'react';
import type { TargetHours, Urgency } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { PlainForm, useSending } from '../../ui/Form.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';

const mostUrgentFirst = ['amat-segera', 'segera', 'biasa'] as const satisfies readonly Urgency[];
/** A quarter of a year. */
const most = 2160;

export function ReminderTimes({ editable }: { readonly editable: boolean }): ReactElement {
  const kept = useReading('reminders', () => eletter.reminders.settings({}));
  return (
    <>
      {kept.error && <ErrorBanner error={kept.error} onRetry={kept.reload} />}
      {kept.slow && <Skeleton lines={4} />}
      {kept.value && (
        <Times kept={kept.value.targetHours} standard={kept.value.standard} editable={editable} />
      )}
    </>
  );
}

function Times(props: {
  readonly kept: TargetHours;
  readonly standard: TargetHours;
  readonly editable: boolean;
}): ReactElement {
  const text = useText();
  const words = text.reminders;
  const language = useLanguage();
  const sending = useSending();
  const [typed, setTyped] = useState<Readonly<Record<Urgency, string>>>({
    biasa: String(props.kept.biasa),
    segera: String(props.kept.segera),
    'amat-segera': String(props.kept['amat-segera']),
  });
  const wrong = (urgency: Urgency): boolean =>
    !/^[0-9]{1,4}$/.test(typed[urgency].trim()) ||
    Number(typed[urgency]) < 1 ||
    Number(typed[urgency]) > most;
  const hours = (urgency: Urgency): number => Number(typed[urgency]);
  return (
    <PlainForm
      className="box stack"
      label={words.settingsTitle}
      sending={sending}
      onSubmit={() =>
        sending.send(
          mostUrgentFirst.some(wrong),
          () =>
            eletter.reminders.saveSettings({
              targetHours: {
                biasa: hours('biasa'),
                segera: hours('segera'),
                'amat-segera': hours('amat-segera'),
              },
            }),
          () => {
            say(words.saved);
            noteChange();
          },
        )
      }
      actions={
        props.editable ? (
          <div className="line">
            <Button kind="primary" type="submit" isPending={sending.pending}>
              {text.common.save}
            </Button>
          </div>
        ) : (
          <p className="soft">{words.onlyAdministrator}</p>
        )
      }
    >
      <div className="stack-tight">
        <h2 className="minor">{words.settingsTitle}</h2>
        <p>{words.settingsText}</p>
        <p className="help">{words.settingsUnverified}</p>
      </div>
      <div className="columns">
        {mostUrgentFirst.map((urgency) => (
          <TextField
            key={urgency}
            label={`${text.letters.urgency[urgency]} (${words.hours})`}
            value={typed[urgency]}
            readOnly={!props.editable}
            maxLength={4}
            help={words.hoursHelp(count(props.standard[urgency], language))}
            error={sending.tried && wrong(urgency) ? words.hoursWrong : undefined}
            onChange={(next) => {
              setTyped({ ...typed, [urgency]: next });
              sending.forget();
            }}
          />
        ))}
      </div>
    </PlainForm>
  );
}
