/** First run, step by step. What was typed stays while one goes back and forth. */
import { useState, type ReactElement } from 'react';
import type { AppStatus, ErrorShape, Letterhead, NewPerson } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noPassphrases, type Passphrases } from '../../lib/forms.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { enter, readStatus, setLanguage, useApp } from '../../app/app-store.ts';
import { Button } from '../../ui/Button.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';
import { PolicyStep } from '../policy/PolicyStep.tsx';
import { PassphraseStep } from './PassphraseStep.tsx';
import { CertificateStep } from './CertificateStep.tsx';
import { Declined } from './Declined.tsx';
import { Frame, steps, type Step } from './Frame.tsx';
import { LanguageStep } from './LanguageStep.tsx';
import { emptyLetterhead, emptyPerson, PersonStep } from './PersonStep.tsx';
import { RecoveryStep } from './RecoveryStep.tsx';

export function FirstRun({ status }: { readonly status: AppStatus }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const [step, setStep] = useState<Step | 'declined'>('language');
  const [policyVersion, setPolicyVersion] = useState(status.policyVersion);
  const [person, setPerson] = useState<NewPerson>(emptyPerson);
  const [letterhead, setLetterhead] = useState<Letterhead>(emptyLetterhead);
  const [passphrases, setPassphrases] = useState<Passphrases>(noPassphrases);
  const [recoveryKey, setRecoveryKey] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);

  if (step === 'declined') return <Declined onReadAgain={() => setStep('policy')} />;

  const create = async (): Promise<void> => {
    setPending(true);
    setError(null);
    const result = await eletter.vault.create({
      language,
      policyVersion,
      person,
      letterhead,
      accountPassphrase: passphrases.account,
      signingPassphrase: passphrases.signing,
    });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    void setLanguage(language);
    setRecoveryKey(result.value.recoveryKey);
    setPassphrases(noPassphrases);
    enter(result.value.session);
    setStep('recovery');
  };

  const finish = async (): Promise<void> => {
    await readStatus();
    useApp.setState({ firstRun: false, route: { at: 'home' } });
  };

  const goBack = (): void => {
    setError(null);
    const before = steps[steps.indexOf(step) - 1];
    if (before) setStep(before);
  };

  return (
    <Frame step={step}>
      {step === 'language' && <LanguageStep onNext={() => setStep('policy')} />}
      {step === 'policy' && (
        <>
          <ScreenTitle focus>{text.policy.title}</ScreenTitle>
          <PolicyStep
            onAcknowledge={(version) => {
              setPolicyVersion(version);
              setStep('person');
            }}
            decline={
              <>
                <Button onPress={() => setStep('declined')}>{text.policy.decline}</Button>
                <Button kind="quiet" onPress={goBack}>
                  {text.common.back}
                </Button>
              </>
            }
          />
        </>
      )}
      {step === 'person' && (
        <PersonStep
          person={person}
          letterhead={letterhead}
          onPerson={setPerson}
          onLetterhead={setLetterhead}
          onBack={goBack}
          onNext={() => setStep('passphrases')}
        />
      )}
      {step === 'passphrases' && (
        <PassphraseStep
          value={passphrases}
          onChange={setPassphrases}
          action={pending ? text.firstRun.creating : text.firstRun.create}
          isPending={pending}
          error={error}
          onBack={goBack}
          onDone={() => void create()}
        />
      )}
      {step === 'recovery' && (
        <RecoveryStep
          recoveryKey={recoveryKey}
          onDone={() => {
            setRecoveryKey('');
            setStep('certificate');
          }}
        />
      )}
      {step === 'certificate' && <CertificateStep onDone={() => void finish()} />}
    </Frame>
  );
}
