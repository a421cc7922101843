import type { ReactElement } from 'react';
import type { Delivery } from '../../../main/core/contract/index.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

export function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }): ReactElement {
  const text = useText();
  const language = useLanguage();
  return (
    <div className="stack-tight">
      <h2>{text.letters.deliveries}</h2>
      <ul className="ledger" aria-label={text.letters.deliveries}>
        {deliveries.map((delivery, index) => (
          <li key={index} className="delivery">
            <span className="soft small delivery-role">{text.letters.role[delivery.role]}</span>
            <span className="grow">
              {delivery.name}
              <span className="help delivery-times">
                {!delivery.internal && text.letters.outside}
                {delivery.internal &&
                  delivery.deliveredAt &&
                  text.letters.delivered(dateTime(delivery.deliveredAt, language))}
                {delivery.readAt && ` · ${text.letters.read(dateTime(delivery.readAt, language))}`}
              </span>
            </span>
            {delivery.internal &&
              (delivery.readAt ? (
                <Chip tone="good" icon="check">
                  {text.letters.state.read}
                </Chip>
              ) : (
                <Chip tone="plain" icon="clock">
                  {text.letters.notRead}
                </Chip>
              ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
