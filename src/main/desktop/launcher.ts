import { utilityProcess } from 'electron';
import type { Launcher } from '../engine/launcher.ts';

/** Electron's way to start a Node process of our own; works with the runAsNode fuse off. */
export const utilityLauncher: Launcher = (entry, args, name) => {
  const child = utilityProcess.fork(entry, [...args], { serviceName: name, stdio: 'ignore' });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
};
