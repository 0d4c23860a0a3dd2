import { contextBridge, ipcRenderer } from 'electron';
import { channels, stateTopic } from '../shared/ipc/channels.ts';

// Named functions only: the page chooses no channel and never sees Electron's event object (B28).
type Call = (input: unknown) => Promise<string>;
const api: Record<string, Record<string, Call>> = {};
for (const channel of channels) {
  const [area = '', verb = ''] = channel.split('.');
  (api[area] ??= {})[verb] = (input) => ipcRenderer.invoke(channel, input) as Promise<string>;
}

contextBridge.exposeInMainWorld('grantkeep', {
  ...api,
  onState(listener: (delta: string) => void): () => void {
    const relay = (_event: unknown, delta: string): void => listener(delta);
    ipcRenderer.on(stateTopic, relay);
    return () => ipcRenderer.off(stateTopic, relay);
  },
});
