/** A page of a scan, to be held beside what its codes say. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { PaperPage } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Switch } from '../../ui/Switch.tsx';

export function PagePicture(props: {
  readonly name: string;
  readonly page: PaperPage;
  readonly pageCount: number;
  readonly picture: Uint8Array;
}): ReactElement {
  const text = useText();
  const { page, pageCount, picture } = props;
  const [size, setSize] = useState<'whole' | 'large'>('whole');
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }));
    image.current?.setAttribute('src', address);
    return () => URL.revokeObjectURL(address);
  }, [picture]);
  return (
    <section className="stack-tight" aria-label={text.paper.page(page.page, pageCount)}>
      {pageCount > 1 && <h2 className="minor">{text.paper.page(page.page, pageCount)}</h2>}
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
      <div
        className="paper-frame"
        role="region"
        aria-label={`${text.paper.pictureRegion} ${page.page}`}
        tabIndex={0}
      >
        <div className={`paper-picture paper-picture-${size}`}>
          <img ref={image} alt={text.paper.picture(props.name, page.page)} />
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {page.codes.map(({ corners }, index) => (
              <polygon key={index} points={corners.map(([x, y]) => `${x * 100},${y * 100}`).join(' ')} />
            ))}
          </svg>
        </div>
      </div>
    </section>
  );
}
