import { Component, type ReactElement, type ReactNode } from 'react';
import { textNow } from '../lib/i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { forgetEverything } from './app-store.ts';

/** The last resort: a fault in the page becomes a sentence and a way out, not a white window. */
export class Catch extends Component<{ readonly children: ReactNode }, { readonly fault: boolean }> {
  override state = { fault: false };

  static getDerivedStateFromError(): { fault: boolean } {
    return { fault: true };
  }

  override render(): ReactNode {
    return this.state.fault ? <Fault /> : this.props.children;
  }
}

function Fault(): ReactElement {
  const text = textNow();
  return (
    <main className="sheet-screen">
      <div className="sheet stack" role="alert">
        <h1>{text.app.crashTitle}</h1>
        <p>{text.app.crashText}</p>
        <div className="line">
          <Button kind="primary" onPress={forgetEverything}>
            {text.app.reload}
          </Button>
        </div>
      </div>
    </main>
  );
}
