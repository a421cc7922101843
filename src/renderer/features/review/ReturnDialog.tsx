/** Back to its author with a remark, and the place that the remark is about. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { LetterDetail, RemarkMark } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { useKind } from '../../lib/kinds.ts';
import { say } from '../../lib/messages.ts';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { blockText, longestQuote } from './block-text.ts';

type Where = RemarkMark['field'] | 'none';

export function ReturnDialog(props: {
  readonly letter: LetterDetail;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.review;
  const sending = useSending();
  const { letter } = props;
  const kind = useKind(letter.kind);
  const [remark, setRemark] = useState('');
  const [where, setWhere] = useState<Where>('none');
  const [block, setBlock] = useState<number | null>(null);
  const [quote, setQuote] = useState('');
  const empty = remark.trim() === '';
  const places: readonly Where[] = [
    'none',
    'body',
    'subject',
    ...(letter.content.recipients.length > 0 ? (['recipients'] as const) : []),
    'attachments',
    ...(kind && kind.fields.length > 0 ? (['details'] as const) : []),
  ];
  const mark: RemarkMark | null =
    where === 'none'
      ? null
      : { field: where, block: where === 'body' ? block : null, quote: where === 'body' ? quote.trim() : '' };

  return (
    <FormDialog
      title={words.returnTitle}
      wide={where === 'body'}
      sending={sending}
      confirm={words.returnConfirm}
      running={words.returning}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          empty,
          () => eletter.letters.return({ id: letter.id, remark: remark.trim(), mark }),
          () => {
            say(words.returned);
            props.onClose();
            noteChange();
          },
        )
      }
    >
      <p>{words.returnIntro(fullName(letter.signer))}</p>
      <TextField
        label={words.remark}
        value={remark}
        lines={4}
        startsFocused
        maxLength={2000}
        help={words.remarkHelp}
        error={sending.tried && empty ? text.common.required : undefined}
        onChange={setRemark}
      />
      <SelectField
        label={words.where}
        value={where}
        choices={places.map((value) => ({ value, label: words.place[value] }))}
        onChange={setWhere}
      />
      {where === 'body' && (
        <>
          <Blocks
            letter={letter}
            chosen={block}
            onChoose={(index, chosen) => {
              setBlock(index);
              setQuote(chosen);
            }}
          />
          {block !== null && (
            <TextField
              label={words.quote}
              value={quote}
              optional
              maxLength={longestQuote}
              onChange={setQuote}
            />
          )}
        </>
      )}
      <p className="help">{words.dialogHint}</p>
    </FormDialog>
  );
}

/** The letter's words, block by block. A selection within a block becomes the quotation. */
function Blocks(props: {
  readonly letter: LetterDetail;
  readonly chosen: number | null;
  readonly onChoose: (block: number, quote: string) => void;
}): ReactElement {
  const words = useText().review;
  const box = useRef<HTMLDivElement>(null);
  const { onChoose } = props;
  // Words that were drawn over with the mouse; the browser chooses nothing by itself then.
  useEffect(() => {
    const element = box.current;
    const onUp = (event: MouseEvent): void => {
      const block =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-block]') : null;
      const selected = selectedWithin(block);
      if (selected !== '') onChoose(Number(block?.dataset['block']), selected);
    };
    element?.addEventListener('mouseup', onUp);
    return () => element?.removeEventListener('mouseup', onUp);
  }, [onChoose]);
  return (
    <fieldset className="stack-tight">
      <legend>{words.whichBlock}</legend>
      <div ref={box} className="blocks" tabIndex={0} role="group" aria-label={words.place.body}>
        {props.letter.content.body.map((block, index) => {
          const content = blockText(block);
          return (
            <label
              // oxlint-disable-next-line react/no-array-index-key -- a block is known by its place alone
              key={index}
              className="block"
              data-block={index}
            >
              <input
                type="radio"
                name="block"
                checked={props.chosen === index}
                onChange={(event) => onChoose(index, selectedWithin(event.currentTarget.parentElement))}
              />
              <span className="block-text">{content === '' ? words.emptyBlock : content}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function selectedWithin(element: HTMLElement | null): string {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !element) return '';
  const inside = element.contains(selection.anchorNode) && element.contains(selection.focusNode);
  return inside ? selection.toString().trim().slice(0, longestQuote) : '';
}
