'use strict';
// Does for our stand-in Electron what the default app does in a released one: opens the program whose folder is named.
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const process = require('node:process');
const { app } = require('electron');

const given = process.argv.slice(1);
for (const [i, word] of given.entries()) if (word === '-r' || word === '--require') require(path.resolve(given[i + 1]));

// An option's own value may stand before the folder, so the folder is the first word that holds a package.json.
const folder = given.map((word) => path.resolve(word)).find((word) => existsSync(path.join(word, 'package.json')));
if (!folder) {
  process.stderr.write(`No folder with a package.json among the arguments: ${given.join(' ')}\n`);
  process.exit(1);
}
const { name, productName, version, desktopName, main } = JSON.parse(
  readFileSync(path.join(folder, 'package.json'), 'utf8'),
);
app.setName(productName ?? name ?? app.getName());
app.setVersion(version ?? '0.0.0');
app.setDesktopName(desktopName ?? `${app.getName()}.desktop`);
app.setAppPath(folder);
Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
try {
  require(path.resolve(folder, main ?? 'index.js'));
} catch (error) {
  // Electron would put up a box and wait for a click that no test gives.
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
