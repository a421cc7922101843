/** What the editor marks in the text without changing it: variables, and characters that no font has. */
import { Extension, type Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { allVariableNames, type ErrorShape } from '../../../main/core/contract/index.ts';
import { missingCharacters } from '../../lib/characters.ts';
import { textNow } from '../../lib/i18n/index.ts';

/** What is wrong in the body, as the last preview found. */
interface Wrong {
  readonly variables: ReadonlySet<string>;
  readonly characters: ReadonlySet<string>;
}

interface State extends Wrong {
  readonly shown: DecorationSet;
}

const key = new PluginKey<State>('marks');
const variable = /\$\{([a-z][a-z0-9_]{0,39})\}/g;

export const marks = Extension.create({
  name: 'letterMarks',
  addProseMirrorPlugins: () => [
    new Plugin<State>({
      key,
      state: {
        init: (_config, state) => marked(state.doc, { variables: new Set(), characters: new Set() }),
        apply(transaction, before) {
          const told = transaction.getMeta(key) as Wrong | undefined;
          if (!told && !transaction.docChanged) return before;
          return marked(transaction.doc, told ?? before);
        },
      },
      props: { decorations: (state) => key.getState(state)?.shown },
    }),
  ],
});

/** Takes over what a preview has found. */
export function showProblems(editor: Editor, problems: readonly ErrorShape[]): void {
  const variables = problems.flatMap(({ code, params }) =>
    code === 'VARIABLE_UNKNOWN' && params?.['field'] === 'body'
      ? [...String(params['names'] ?? '').matchAll(variable)].map(([, name]) => name ?? '')
      : [],
  );
  const wrong: Wrong = { variables: new Set(variables), characters: missingCharacters(problems) };
  editor.view.dispatch(editor.state.tr.setMeta(key, wrong).setMeta('addToHistory', false));
}

function marked(doc: Node, { variables, characters }: Wrong): State {
  const found: Decoration[] = [];
  const words = textNow().writing;
  doc.descendants((node, at) => {
    const { text } = node;
    if (text === undefined) return;
    for (const { 0: whole, 1: name = '', index } of text.matchAll(variable)) {
      const known = allVariableNames.includes(name) && !variables.has(name);
      const about = words.variables.about[name];
      found.push(
        Decoration.inline(at + index, at + index + whole.length, {
          class: known ? 'variable' : 'variable variable-unknown',
          title: known && about !== undefined ? words.variables.known(about) : words.variables.unknown,
        }),
      );
    }
    for (const character of characters)
      for (let index = text.indexOf(character); index !== -1; index = text.indexOf(character, index + 1))
        found.push(
          Decoration.inline(at + index, at + index + character.length, {
            class: 'glyph-missing',
            title: words.glyph,
          }),
        );
  });
  return { variables, characters, shown: DecorationSet.create(doc, found) };
}
