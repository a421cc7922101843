import { useState, type ReactElement } from 'react';
import type { Editor } from '@tiptap/core';
import { EditorContent, useEditorState } from '@tiptap/react';
import { Button as AriaButton, Toolbar, Tooltip, TooltipTrigger } from 'react-aria-components';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Missing } from '../../ui/fields.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Modules } from './Modules.tsx';
import { VariableMenu } from './VariableMenu.tsx';

export function BodyField({
  editor,
  missing,
  sealed,
}: {
  readonly editor: Editor;
  /** The letter is of a sealed class. */
  readonly sealed: boolean;
  /** A try to sign found nothing written. */
  readonly missing: boolean;
}): ReactElement {
  const text = useText();
  return (
    <section className="field body-field" data-field="body">
      <h2 className="label" id="body-label">
        {text.editor.body}
      </h2>
      <div className="body-frame">
        <Tools editor={editor} sealed={sealed} />
        <EditorContent editor={editor} className="body-scroll" />
      </div>
      {missing && <Missing>{text.common.required}</Missing>}
    </section>
  );
}

function Tools({ editor, sealed }: { readonly editor: Editor; readonly sealed: boolean }): ReactElement {
  const text = useText();
  const [choosing, setChoosing] = useState(false);
  const state = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      bold: e.isActive('bold'),
      italic: e.isActive('italic'),
      heading: e.isActive('heading'),
      ordered: e.isActive('orderedList'),
      bullet: e.isActive('bulletList'),
      table: e.isActive('table'),
      sink: e.can().sinkListItem('listItem'),
      lift: e.can().liftListItem('listItem'),
      undo: e.can().undo(),
      redo: e.can().redo(),
    }),
  });
  const run = () => editor.chain().focus();
  return (
    <>
      <Toolbar className="tools" aria-label={text.editor.toolbar}>
        <Tool icon="bold" label={text.editor.bold} on={state.bold} act={() => run().toggleBold().run()} />
        <Tool
          icon="italic"
          label={text.editor.italic}
          on={state.italic}
          act={() => run().toggleItalic().run()}
        />
        <Tool
          icon="heading"
          label={text.editor.heading}
          on={state.heading}
          off={state.table}
          act={() => run().toggleHeading({ level: 1 }).run()}
        />
        <span className="tools-gap" />
        <Tool
          icon="ordered"
          label={text.editor.orderedList}
          on={state.ordered}
          off={state.table}
          act={() => run().toggleOrderedList().run()}
        />
        <Tool
          icon="bullet"
          label={text.editor.bulletList}
          on={state.bullet}
          off={state.table}
          act={() => run().toggleBulletList().run()}
        />
        <Tool
          icon="indent"
          label={text.editor.indent}
          off={!state.sink}
          act={() => run().sinkListItem('listItem').run()}
        />
        <Tool
          icon="outdent"
          label={text.editor.outdent}
          off={!state.lift}
          act={() => run().liftListItem('listItem').run()}
        />
        <span className="tools-gap" />
        <Tool
          icon="table"
          label={text.editor.table}
          off={state.table}
          act={() => run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
        />
        <VariableMenu editor={editor} />
        <Tool icon="module" label={text.writing.modules.open} act={() => setChoosing(true)} />
        <span className="tools-gap" />
        <Tool icon="undo" label={text.editor.undo} off={!state.undo} act={() => run().undo().run()} />
        <Tool icon="redo" label={text.editor.redo} off={!state.redo} act={() => run().redo().run()} />
      </Toolbar>
      {choosing && <Modules editor={editor} sealed={sealed} onClose={() => setChoosing(false)} />}
      {state.table && (
        <div className="tools" role="group" aria-label={text.editor.table}>
          <Button kind="quiet" onPress={() => run().addRowAfter().run()}>
            {text.editor.addRow}
          </Button>
          <Button kind="quiet" onPress={() => run().addColumnAfter().run()}>
            {text.editor.addColumn}
          </Button>
          <Button kind="quiet" onPress={() => run().deleteRow().run()}>
            {text.editor.deleteRow}
          </Button>
          <Button kind="quiet" onPress={() => run().deleteColumn().run()}>
            {text.editor.deleteColumn}
          </Button>
          <Button kind="quiet" onPress={() => run().deleteTable().run()}>
            {text.editor.deleteTable}
          </Button>
        </div>
      )}
    </>
  );
}

function Tool(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly on?: boolean;
  readonly off?: boolean;
  readonly act: () => void;
}): ReactElement {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton
        className="tool"
        aria-label={props.label}
        {...(props.on === undefined ? {} : { 'aria-pressed': props.on })}
        isDisabled={props.off ?? false}
        onPress={props.act}
      >
        <Icon name={props.icon} />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {props.label}
      </Tooltip>
    </TooltipTrigger>
  );
}
