import type { Editor } from '@tiptap/core';
import type { ReactElement } from 'react';
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { variableNames } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Icon } from '../../ui/icons.tsx';

const sources = ['addressee', 'official', 'letter'] as const;

/** Inserts a variable at the cursor; each is listed with what it stands for. */
export function VariableMenu({ editor }: { readonly editor: Editor }): ReactElement {
  const text = useText().writing.variables;
  return (
    <MenuTrigger>
      <TooltipTrigger delay={500}>
        <AriaButton className="tool" aria-label={text.insert}>
          <Icon name="variable" />
        </AriaButton>
        <Tooltip className="tooltip" offset={6}>
          {text.insert}
        </Tooltip>
      </TooltipTrigger>
      <Popover className="popover" placement="bottom start">
        <p className="help variable-help">{text.help}</p>
        <Menu
          className="menu"
          onAction={(name) => {
            editor
              .chain()
              .focus()
              .insertContent({ type: 'text', text: `\${${name}}` })
              .run();
          }}
        >
          {sources.map((source) => (
            <MenuSection key={source}>
              <Header className="menu-head">{text.source[source]}</Header>
              {variableNames[source].map((name) => (
                <MenuItem key={name} id={name} className="menu-item variable-item" textValue={name}>
                  <span className="variable">{`\${${name}}`}</span>
                  <span className="help">{text.about[name]}</span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
