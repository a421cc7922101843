const { contextBridge, ipcRenderer } = require('electron');

globalThis.secretOfPreload = 'must not be seen';
let refusedFs = '';
try {
  require('fs');
} catch (error) {
  refusedFs = error.message;
}
contextBridge.exposeInMainWorld('selftest', {
  refusedFs,
  echo: (value) => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  nobody: () => ipcRenderer.invoke('nobody'),
  child: (bytes) => ipcRenderer.invoke('child', bytes),
  choose: () => ipcRenderer.invoke('choose'),
  gaps: () => ipcRenderer.invoke('gaps'),
  seconds: () => ipcRenderer.invoke('seconds'),
  closeChild: () => ipcRenderer.invoke('close-child'),
  notify: () => ipcRenderer.send('notify'),
  add: (a, b) => a + b,
  onClicked: (listener) => {
    const handler = (_event, payload) => listener(payload);
    ipcRenderer.on('clicked', handler);
    return () => ipcRenderer.removeListener('clicked', handler);
  },
});
