/** A page of a scan beside what its codes say, so that somebody can look from one to the other. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { PaperPage } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Switch } from '../../ui/Switch.tsx';
import { CodeAnswer } from './CodeAnswer.tsx';

export function PageAnswers(props: {
  readonly name: string;
  readonly page: PaperPage;
  readonly pageCount: number;
}): ReactElement {
  const text = useText();
  const { name, page, pageCount } = props;
  const { codes } = page;
  return (
    <section className="stack-tight" aria-label={text.paper.page(page.page, pageCount)}>
      {pageCount > 1 && <h2 className="minor">{text.paper.page(page.page, pageCount)}</h2>}
      <div className="paper">
        {page.picture && <Picture name={name} page={page} picture={page.picture} />}
        <div className="stack">
          {codes.map((code, index) => (
            <CodeAnswer key={index} title={text.paper.code(index + 1, codes.length)} code={code} />
          ))}
        </div>
      </div>
    </section>
  );
}

function Picture(props: {
  readonly name: string;
  readonly page: PaperPage;
  readonly picture: Uint8Array;
}): ReactElement {
  const text = useText();
  const { page, picture } = props;
  const [size, setSize] = useState<'whole' | 'large'>('whole');
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }));
    image.current?.setAttribute('src', address);
    return () => URL.revokeObjectURL(address);
  }, [picture]);
  return (
    <div className="stack-tight paper-side">
      <Switch
        label={text.paper.size}
        value={size}
        choices={[
          { value: 'whole', label: text.paper.whole },
          { value: 'large', label: text.paper.large },
        ]}
        onChange={setSize}
      />
      {/* Whoever works by keyboard scrolls it with the arrows. */}
      <div className="paper-frame" role="region" aria-label={text.paper.pictureRegion} tabIndex={0}>
        <div className={`paper-picture paper-picture-${size}`}>
          <img ref={image} alt={text.paper.picture(props.name, page.page)} />
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {page.codes.map(({ corners }, index) => (
              <polygon key={index} points={corners.map(([x, y]) => `${x * 100},${y * 100}`).join(' ')} />
            ))}
          </svg>
        </div>
      </div>
    </div>
  );
}
