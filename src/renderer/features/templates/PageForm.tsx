/** Page and kop for all kinds: margins, type, spacing, and the office's pictures. */
import { useState, type ReactElement } from 'react';
import {
  kopForms,
  maximumArms,
  type ErrorShape,
  type KopForm,
  type OfficeArms,
  type OfficeChanges,
  type OfficeTemplates,
  type TemplateProblem,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { readFile } from '../../lib/files.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ErrorBanner, FileDrop } from '../../ui/parts.tsx';
import { PageFields } from './PageFields.tsx';
import { Part } from './Part.tsx';
import { useProblems } from './problems.ts';

export function PageForm(props: {
  readonly templates: OfficeTemplates;
  readonly changes: OfficeChanges;
  readonly problems: readonly TemplateProblem[];
  readonly onChange: (change: (changes: OfficeChanges) => OfficeChanges) => void;
}): ReactElement {
  const words = useText().templates;
  const { templates, changes } = props;
  const at = useProblems(props.problems);
  return (
    <>
      <Part title={words.part.kop} open>
        <p className="help">{words.armsText}</p>
        {kopForms.map((form) => (
          <ArmsField
            key={form}
            form={form}
            arms={changes.arms?.[form]}
            altError={at(`arms.${form}.alt`)}
            onChange={(arms) =>
              props.onChange((before) => ({ ...before, arms: { ...before.arms, [form]: arms } }))
            }
          />
        ))}
        <TextField
          label={words.bupatiTitle}
          value={changes.bupatiTitle ?? ''}
          placeholder={templates.shipped.bupatiTitle}
          maxLength={120}
          error={at('bupatiTitle')}
          onChange={(title) =>
            props.onChange((before) => ({ ...before, bupatiTitle: title === '' ? undefined : title }))
          }
        />
      </Part>
      <Part title={words.part.page} open>
        <p className="help">{words.pageText}</p>
        <PageFields
          value={changes.page ?? {}}
          base={templates.shipped.page}
          fonts={templates.fonts}
          path="page"
          problems={props.problems}
          onChange={(page) => props.onChange((before) => ({ ...before, page }))}
        />
      </Part>
    </>
  );
}

/** One of the office's pictures: taken in, described, taken off. */
function ArmsField(props: {
  readonly form: KopForm;
  readonly arms: OfficeArms | undefined;
  readonly altError: string | undefined;
  readonly onChange: (arms: OfficeArms | undefined) => void;
}): ReactElement {
  const words = useText().templates;
  const [error, setError] = useState<ErrorShape | null>(null);
  const { form, arms } = props;
  const name = words.arms[form];
  const take = async (file: File): Promise<void> => {
    setError(null);
    const read = await readFile(file, maximumArms);
    if (!read.ok) {
      const tooLarge = { code: 'ARMS_TOO_LARGE', params: { megabytes: 8, megapixels: 40 } } as const;
      setError(read.reason === 'too-large' ? tooLarge : { code: 'ARMS_UNREADABLE' });
      return;
    }
    const taken = await eletter.templates.image({ bytes: read.bytes });
    if (!taken.ok) {
      setError(taken.error);
      return;
    }
    props.onChange({ image: taken.value.image, alt: arms?.alt ?? words.armsAlts[form] });
  };

  return (
    <section className="box stack-tight" aria-label={name}>
      <h3 className="minor">{name}</h3>
      <p className="soft">{arms ? words.armsSet : words.armsNone}</p>
      <FileDrop
        label={words.armsChoose}
        hint={words.armsDrop}
        accept={['.png', '.jpg', '.jpeg', '.svg']}
        onFile={(file) => void take(file)}
      />
      {error && <ErrorBanner error={error} />}
      {arms && (
        <>
          <TextField
            label={words.armsAlt}
            value={arms.alt}
            help={words.armsAltHelp}
            maxLength={200}
            error={props.altError}
            onChange={(alt) => props.onChange({ ...arms, alt })}
          />
          <div>
            <Button
              icon="bin"
              aria-label={words.armsRemoveOf(name)}
              onPress={() => props.onChange(undefined)}
            >
              {words.armsRemove}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
