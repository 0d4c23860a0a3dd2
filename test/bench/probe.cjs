'use strict';
// Put before the program by `-r`, the same for the floor and for ours: says on standard output when the page shows what
// it is to show, and does on standard input's word what a person would. It changes nothing of the program.
const { clipboard, app } = require('electron');
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
const process = require('node:process');
const { createInterface } = require('node:readline');

const say = (what) => process.stdout.write(`\nbench ${JSON.stringify(what)}\n`);
const wanted = process.env.GRANTKEEP_BENCH_SHOWN;

/** Runs in the page: waits for the element, and then for the frame that has it. */
const shown = (selector) =>
  new Promise((done) => {
    const observer = new globalThis.MutationObserver(look);
    function look() {
      if (globalThis.document.querySelector(selector) === null) return;
      observer.disconnect();
      globalThis.requestAnimationFrame(() => globalThis.setTimeout(() => done(true)));
    }
    observer.observe(globalThis.document, { childList: true, subtree: true });
    look();
  });

/** Runs in the page: every task that held it for more than 50 ms, kept until they are asked for. */
const watchTasks = () => {
  globalThis.longTasks = [];
  const keep = (list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  new globalThis.PerformanceObserver(keep).observe({ type: 'longtask' });
};

let page = null;
app.on('web-contents-created', (_event, contents) => {
  page ??= contents;
  contents.once('dom-ready', () => {
    // The frame's own call: that of the contents would wait until everything has loaded.
    void contents.mainFrame.executeJavaScript(`(${shown})(${JSON.stringify(wanted)})`).then(() => say({ shown: true }));
  });
});

const windowOf = () => require('electron').BrowserWindow.getAllWindows()[0];
let delay = null;

/** A key as the window gets it, until the token is on the clipboard. */
function copyOnce() {
  return new Promise((done) => {
    const write = clipboard.writeText;
    const startMs = performance.now();
    clipboard.writeText = (...all) => {
      const result = write.apply(clipboard, all);
      clipboard.writeText = write;
      done(performance.now() - startMs);
      return result;
    };
    for (const type of ['keyDown', 'keyUp']) page.sendInputEvent({ type, keyCode: 'C', modifiers: ['control'] });
  });
}

const acts = {
  pids: () => app.getAppMetrics().map(({ pid }) => pid),
  hide: () => windowOf().hide(),
  focus: () => {
    windowOf().show();
    windowOf().focus();
    page.focus();
  },
  copy: copyOnce,
  watch: async () => {
    delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await page.mainFrame.executeJavaScript(`(${watchTasks})()`);
  },
  watched: async () => {
    delay.disable();
    const window = await page.mainFrame.executeJavaScript('longTasks');
    return { window: Math.max(0, ...window), windowCount: window.length, main: delay.max / 1e6 };
  },
  quit: () => app.quit(),
};
createInterface({ input: process.stdin }).on('line', (line) => {
  Promise.resolve(acts[line]()).then((answer) => say({ did: line, answer: answer ?? null }));
});
