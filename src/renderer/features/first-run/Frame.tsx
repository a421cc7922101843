import type { ReactElement, ReactNode } from 'react';
import { useText } from '../../lib/i18n/index.ts';
import { Icon, Siger } from '../../ui/icons.tsx';

export const steps = ['language', 'policy', 'person', 'passphrases', 'recovery', 'certificate'] as const;
export type Step = (typeof steps)[number];

/** The sheet with the list of steps at its side: where one is, and what is still to come. */
export function Frame({
  step,
  children,
}: {
  readonly step: Step;
  readonly children: ReactNode;
}): ReactElement {
  const text = useText();
  const here = steps.indexOf(step);
  return (
    <div className="sheet-screen">
      <div className="sheet sheet-steps">
        <aside className="steps" aria-label={text.firstRun.steps}>
          <p className="brand">
            <Siger />
            <span>{text.app.name}</span>
          </p>
          <ol>
            {steps.map((name, index) => (
              <li
                key={name}
                className={index < here ? 'step step-done' : 'step'}
                aria-current={index === here ? 'step' : undefined}
              >
                <span className="step-mark">{index < here ? <Icon name="check" small /> : index + 1}</span>
                {text.firstRun[name]}
              </li>
            ))}
          </ol>
        </aside>
        <main className="step-body stack">
          <p className="soft small">{text.firstRun.stepOf(here + 1, steps.length)}</p>
          {children}
        </main>
      </div>
    </div>
  );
}
