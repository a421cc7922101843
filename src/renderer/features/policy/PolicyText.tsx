import type { ReactElement } from 'react';
import type { PolicyDocument } from '../../../main/core/contract/index.ts';
import { plainDate } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';

export function PolicyText({ policy }: { readonly policy: PolicyDocument }): ReactElement {
  const text = useText();
  return (
    <article className="policy" lang={policy.language}>
      <h2>{policy.title}</h2>
      <p className="soft small">
        {text.policy.effective(plainDate(policy.effective, policy.language), policy.version)}
      </p>
      {policy.intro && <p>{policy.intro}</p>}
      {policy.sections.map((section) => (
        <section key={section.heading} className="stack-tight">
          <h3>{section.heading}</h3>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {section.items.length > 0 && (
            <ul className="bullets">
              {section.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </article>
  );
}
