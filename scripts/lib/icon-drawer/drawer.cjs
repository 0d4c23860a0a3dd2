'use strict';
// Draws one SVG at the sizes asked for and leaves a PNG of each: Electron is the one renderer that is here anyway.
const { readFileSync, writeFileSync } = require('node:fs');
const { Buffer } = require('node:buffer');
const process = require('node:process');
const { app, BrowserWindow } = require('electron');

const { svg, pictures } = JSON.parse(readFileSync(process.env.GRANTKEEP_DRAWING, 'utf8'));

const draw = async (source, size, share) => {
  const image = new globalThis.Image();
  image.src = `data:image/svg+xml;base64,${globalThis.btoa(source)}`;
  await image.decode();
  const canvas = globalThis.document.createElement('canvas');
  canvas.width = canvas.height = size;
  const edge = Math.round((size * (1 - share)) / 2);
  canvas.getContext('2d').drawImage(image, edge, edge, size - 2 * edge, size - 2 * edge);
  return canvas.toDataURL('image/png').split(',')[1];
};

void app
  .whenReady()
  .then(async () => {
    const window = new BrowserWindow({ show: false });
    await window.loadURL('about:blank');
    for (const { file, size, share } of pictures) {
      // The SVG says 64 px; at its own size first, a large one would be a small one blown up.
      const source = svg.replace('width="64" height="64"', `width="${size}" height="${size}"`);
      const call = `(${draw.toString()})(${JSON.stringify(source)}, ${size}, ${share})`;
      writeFileSync(file, Buffer.from(await window.webContents.executeJavaScript(call), 'base64'));
    }
    app.exit(0);
  })
  .catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    app.exit(1);
  });
