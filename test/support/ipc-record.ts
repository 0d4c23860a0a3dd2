import type { RealApp } from './real-app.ts';

export interface IpcRecord {
  /** Every reply of a handler and every push, as JSON, as they would cross. */
  replies: string[];
  pushes: string[];
  /** Fetches what came since the last time. */
  collect(): Promise<void>;
}

interface Recording {
  recorded: { replies: string[]; pushes: string[] };
}

/**
 * Listens in main to all that crosses to the window: wraps each registered handler and the window's `send`. Then
 * reloads the page, so that the first call of a window is on record too.
 */
export async function recordIpc(app: RealApp, before?: IpcRecord): Promise<IpcRecord> {
  await app.electron.evaluate(({ ipcMain, BrowserWindow }) => {
    const recorded: Recording['recorded'] = { replies: [], pushes: [] };
    (globalThis as unknown as Recording).recorded = recorded;
    type Handler = (...input: unknown[]) => Promise<string>;
    const inside = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> };
    for (const [channel, handler] of inside._invokeHandlers) {
      inside._invokeHandlers.set(channel, async (...input) => {
        const reply = await handler(...input);
        recorded.replies.push(JSON.stringify([channel, JSON.parse(reply)]));
        return reply;
      });
    }
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel, ...values: unknown[]) => {
        recorded.pushes.push(JSON.stringify([channel, ...values.map((value) => JSON.parse(String(value)) as unknown)]));
        send(channel, ...values);
      };
    }
  });
  await app.page.reload();
  const record: IpcRecord = {
    replies: before?.replies ?? [],
    pushes: before?.pushes ?? [],
    async collect() {
      const fresh = await app.electron.evaluate(() => {
        const { recorded } = globalThis as unknown as Recording;
        return { replies: recorded.replies.splice(0), pushes: recorded.pushes.splice(0) };
      });
      record.replies.push(...fresh.replies);
      record.pushes.push(...fresh.pushes);
    },
  };
  return record;
}
