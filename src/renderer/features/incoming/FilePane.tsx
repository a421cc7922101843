/** The letter's file: chosen or dropped, with what was found in it, and its pages. */
import type { ReactElement } from 'react';
import { FileTrigger } from 'react-aria-components';
import { count } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/fields.tsx';
import { PdfPages } from '../../ui/PdfPages.tsx';
import { Banner, FileDrop, Running } from '../../ui/parts.tsx';
import { dropFiles, takeFiles, takesMore, useEntry, type Looked } from './entry.ts';

const accepted = ['.pdf', '.jpg', '.jpeg', '.png', '.tif', '.tiff'];

export function FilePane(): ReactElement {
  const text = useText();
  const words = text.incoming;
  const errorText = useErrorText();
  const { files, looked, looking, refused, keepLocked, fileGone } = useEntry();
  const has = files.length > 0 && looked !== null;
  const more = takesMore({ looked });
  return (
    <section className="register-file stack" aria-label={words.pane}>
      {refused && (
        <Banner tone="bad" live>
          {errorText(refused)}
        </Banner>
      )}
      {fileGone && !has && !looking && <Banner tone="unsure">{words.fileGone}</Banner>}
      {looking && <Running>{words.reading}</Running>}
      {!has && !looking && (
        <>
          <FileDrop
            large
            label={words.choose}
            hint={words.dropHint}
            accept={accepted}
            onFile={(file) => void takeFiles([file], false)}
            onFiles={(given) => void takeFiles(given, false)}
          />
          <p className="help">{words.paperHint}</p>
        </>
      )}
      {has && (
        <div
          className="stack-tight"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void takeFiles([...event.dataTransfer.files], true);
          }}
        >
          <div className="line register-file-tools">
            <strong className="grow register-file-name">{nameOf(files.map((one) => one.name))}</strong>
            {more && (
              <FileTrigger
                acceptedFileTypes={['.jpg', '.jpeg', '.png']}
                allowsMultiple
                onSelect={(given) => void takeFiles([...(given ?? [])], true)}
              >
                <Button icon="plus">{words.addPictures}</Button>
              </FileTrigger>
            )}
            <FileTrigger
              acceptedFileTypes={accepted}
              allowsMultiple
              onSelect={(given) => void takeFiles([...(given ?? [])], false)}
            >
              <Button>{words.otherFile}</Button>
            </FileTrigger>
            <Button kind="quiet" icon="bin" onPress={dropFiles}>
              {words.removeFile}
            </Button>
          </div>
          <About looked={looked} files={files.length} />
          {looked.locked && (
            <Banner tone="unsure" live>
              <p>{words.locked}</p>
              <Checkbox
                isSelected={keepLocked}
                onChange={(selected) => useEntry.setState({ keepLocked: selected })}
              >
                {words.keepLocked}
              </Checkbox>
            </Banner>
          )}
          {looked.pdf && <PdfPages bytes={looked.pdf} label={text.letters.document} />}
          {!looked.pdf && !looked.locked && <Banner tone="plain">{words.notShown}</Banner>}
        </div>
      )}
    </section>
  );
}

const nameOf = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] ?? '') : `${names[0] ?? ''} … ${names.at(-1) ?? ''}`;

function About({ looked, files }: { readonly looked: Looked; readonly files: number }): ReactElement {
  const text = useText();
  const words = text.incoming;
  const language = useLanguage();
  const searchable = { all: words.textAll, part: words.textPart, none: words.textNone }[looked.text];
  return (
    <div className="stack-tight" role="status">
      {!looked.locked && (
        <p className="soft">
          {files > 1 ? words.files(count(files, language)) : words.pages(count(looked.pages, language))} ·{' '}
          {searchable}
        </p>
      )}
      {looked.signatures > 0 && <p>{words.signatures(count(looked.signatures, language))}</p>}
    </div>
  );
}
