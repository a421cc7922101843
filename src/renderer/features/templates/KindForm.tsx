/** Everything that a kind of letter can have otherwise. */
import type { ReactElement } from 'react';
import {
  addresseeForms,
  addresseeNeeds,
  issuedWords,
  kindGroups,
  kindShapes,
  kopForms,
  nameForms,
  subjectForms,
  type KindTemplate,
  type PageSettings,
  type TemplateProblem,
} from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Checkbox, SelectField, TextField, type Choice } from '../../ui/fields.tsx';
import { FieldList } from './FieldList.tsx';
import { NumberField, PageFields } from './PageFields.tsx';
import { Part } from './Part.tsx';
import { useProblems } from './problems.ts';
import { StartText } from './StartText.tsx';

export function KindForm(props: {
  readonly id: string;
  readonly kind: KindTemplate;
  readonly registers: readonly string[];
  readonly page: PageSettings;
  readonly fonts: readonly string[];
  readonly problems: readonly TemplateProblem[];
  /** As the format would give it today; empty while it is wrong. */
  readonly number: string;
  readonly onChange: (change: (kind: KindTemplate) => KindTemplate) => void;
}): ReactElement {
  const words = useText().templates;
  const { kind, id } = props;
  const path = `kinds.${id}`;
  const problem = useProblems(props.problems);
  const at = (field: string): string | undefined => problem(`${path}.${field}`);
  const set = (part: Partial<KindTemplate>): void => props.onChange((before) => ({ ...before, ...part }));
  const { name = { id: '', en: '' }, about = { id: '', en: '' }, addressees } = kind;
  const title = kind.shape === 'title';
  const placeholders = Object.entries(words.placeholders).map(([part, what]) => `{${part}} ${what}`);

  return (
    <>
      <Part title={words.part.words} open>
        <TextField
          label={words.label}
          value={kind.label}
          help={words.labelHelp}
          maxLength={400}
          error={at('label')}
          onChange={(label) => set({ label })}
        />
        <div className="columns">
          <TextField
            label={words.nameId}
            value={name.id}
            maxLength={400}
            error={at('name.id')}
            onChange={(next) => set({ name: { ...name, id: next } })}
          />
          <TextField
            label={words.nameEn}
            value={name.en}
            maxLength={400}
            error={at('name.en')}
            onChange={(next) => set({ name: { ...name, en: next } })}
          />
        </div>
        <div className="columns">
          <TextField
            label={words.aboutId}
            value={about.id}
            maxLength={400}
            error={at('about.id')}
            onChange={(next) => set({ about: { ...about, id: next } })}
          />
          <TextField
            label={words.aboutEn}
            value={about.en}
            maxLength={400}
            error={at('about.en')}
            onChange={(next) => set({ about: { ...about, en: next } })}
          />
        </div>
        <Grouped kind={kind} set={set} />
      </Part>
      <Part title={words.part.number} open>
        <TextField
          label={words.register}
          value={kind.register}
          help={words.registerHelp}
          list="template-registers"
          maxLength={40}
          error={at('register')}
          onChange={(register) => set({ register })}
        />
        <datalist id="template-registers">
          {props.registers.map((register) => (
            <option key={register} value={register}>
              {register}
            </option>
          ))}
        </datalist>
        <TextField
          label={words.format}
          value={kind.numberTemplate}
          help={`${placeholders.join(' · ')}. ${words.formatHelp}`}
          maxLength={120}
          error={at('numberTemplate')}
          onChange={(numberTemplate) => set({ numberTemplate })}
        />
        {props.number !== '' && (
          <p role="status" className="template-number">
            {words.example(props.number)}
          </p>
        )}
        {!kind.numberTemplate.includes('{unit}') && <p className="help">{words.noUnit('{unit}')}</p>}
        {!kind.numberTemplate.includes('{year}') && <p className="help">{words.noYear('{year}')}</p>}
      </Part>
      <Part title={words.part.layout}>
        <div className="columns">
          <SelectField
            label={words.kop}
            value={kind.kop}
            choices={choices(kopForms, words.kops)}
            onChange={(kop) => set({ kop })}
          />
          <SelectField
            label={words.nameForm}
            value={kind.nameForm}
            choices={choices(nameForms, words.nameForms)}
            onChange={(nameForm) => set({ nameForm })}
          />
        </div>
        <div className="columns">
          <SelectField
            label={words.addressees}
            value={addressees.need}
            choices={choices(addresseeNeeds, words.addresseeNeeds)}
            onChange={(need) => set({ addressees: { ...addressees, need } })}
          />
          {title && addressees.need !== 'none' && (
            <SelectField
              label={words.addresseeAs}
              value={addressees.as}
              choices={choices(addresseeForms, words.addresseeForms)}
              onChange={(as) => set({ addressees: { ...addressees, as } })}
            />
          )}
        </div>
        {title && addressees.as === 'row' && (
          <TextField
            label={words.addresseePrinted}
            value={addressees.printed ?? ''}
            maxLength={400}
            error={at('addressees.printed')}
            onChange={(printed) =>
              set({ addressees: { ...addressees, printed: printed === '' ? undefined : printed } })
            }
          />
        )}
        {title && <TitleParts kind={kind} set={set} at={at} />}
        <SelectField
          label={words.bodyNeed}
          value={kind.bodyNeed}
          choices={choices(bodyNeeds, words.bodyNeeds)}
          onChange={(bodyNeed) => set({ bodyNeed })}
        />
        <Checkbox isSelected={kind.event} onChange={(event) => set({ event })}>
          {words.event}
        </Checkbox>
      </Part>
      <Part title={words.part.fields}>
        <FieldList
          fields={kind.fields}
          path={`${path}.fields`}
          problems={props.problems}
          onChange={(fields) => set({ fields })}
        />
      </Part>
      <Part title={words.part.start}>
        <StartText key={id} body={kind.start ?? []} onChange={(start) => set({ start })} />
      </Part>
      <Part title={words.part.page}>
        <PageFields
          value={kind.page}
          base={props.page}
          fonts={props.fonts}
          path={`${path}.page`}
          problems={props.problems}
          onChange={(page) => set({ page })}
        />
      </Part>
    </>
  );
}

const bodyNeeds = ['required', 'optional'] as const;
const issuedChoices = ['none', ...issuedWords] as const;

const choices = <T extends string>(
  values: readonly T[],
  labels: Readonly<Record<T, string>>,
): readonly Choice<T>[] => values.map((value) => ({ value, label: labels[value] }));

interface PartProps {
  readonly kind: KindTemplate;
  readonly set: (part: Partial<KindTemplate>) => void;
}

function Grouped({ kind, set }: PartProps): ReactElement {
  const text = useText();
  return (
    <div className="columns">
      <SelectField
        label={text.templates.group}
        value={kind.group}
        choices={choices(kindGroups, text.letters.kindGroup)}
        onChange={(group) => set({ group })}
      />
      <SelectField
        label={text.templates.shape}
        value={kind.shape}
        choices={choices(kindShapes, text.templates.shapes)}
        onChange={(shape) => set({ shape })}
      />
    </div>
  );
}

/** What only the title shape has. */
function TitleParts({
  kind,
  set,
  at,
}: PartProps & { readonly at: (field: string) => string | undefined }): ReactElement {
  const words = useText().templates;
  return (
    <>
      <div className="columns">
        <SelectField
          label={words.subjectAs}
          value={kind.subjectAs}
          choices={choices(subjectForms, words.subjectForms)}
          onChange={(subjectAs) => set({ subjectAs })}
        />
        {kind.subjectAs === 'row' && (
          <TextField
            label={words.subjectPrinted}
            value={kind.subjectPrinted}
            maxLength={400}
            error={at('subjectPrinted')}
            onChange={(subjectPrinted) => set({ subjectPrinted })}
          />
        )}
      </div>
      <div className="columns">
        <SelectField
          label={words.issued}
          value={kind.issued ?? 'none'}
          choices={choices(issuedChoices, words.issuedWords)}
          onChange={(issued) => set({ issued: issued === 'none' ? undefined : issued })}
        />
        <NumberField
          label={words.labelWidth}
          value={kind.labelWidth}
          base={30}
          error={at('labelWidth')}
          onChange={(labelWidth) => set({ labelWidth: labelWidth ?? 30 })}
        />
      </div>
      <Checkbox isSelected={kind.headingOfPost} onChange={(headingOfPost) => set({ headingOfPost })}>
        {words.headingOfPost}
      </Checkbox>
      <Checkbox isSelected={kind.numberedRows} onChange={(numberedRows) => set({ numberedRows })}>
        {words.numberedRows}
      </Checkbox>
    </>
  );
}
