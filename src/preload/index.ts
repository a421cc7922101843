import { contextBridge, ipcRenderer } from 'electron/renderer';
import { type EventName } from '../main/core/contract/api.ts';
import { callNames, channelOf, eventNames } from '../main/core/contract/channels.ts';

/**
 * The bridge: `window.eletter`, one frozen object with a function per use case. It passes data and nothing else:
 * no channel name, path or event object ever reaches the page.
 */
const bridge: Record<string, Record<string, (input: unknown) => Promise<unknown>>> = {};
for (const name of callNames) {
  const [group = '', method = ''] = name.split('.');
  (bridge[group] ??= {})[method] = (input) => ipcRenderer.invoke(channelOf(name), input);
}
for (const group of Object.values(bridge)) Object.freeze(group);

function on(event: EventName, listener: (payload: unknown) => void): () => void {
  if (!eventNames.includes(event) || typeof listener !== 'function') throw new TypeError('Unknown event.');
  const channel = channelOf(event);
  const deliver = (_event: unknown, payload: unknown): void => listener(payload);
  ipcRenderer.on(channel, deliver);
  return () => {
    ipcRenderer.removeListener(channel, deliver);
  };
}

contextBridge.exposeInMainWorld('eletter', Object.freeze({ ...bridge, on }));
