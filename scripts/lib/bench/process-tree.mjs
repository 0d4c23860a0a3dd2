import { readdir, readFile } from 'node:fs/promises';

/** Every process below one, itself included: what a program costs is what all of its processes cost. */
export async function processTree(pid) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const children = new Map();
  for (const id of ids) {
    const parent = (await statOf(id))?.[1];
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const found = [];
  const add = (id) => {
    found.push(id);
    for (const child of children.get(id) ?? []) add(child);
  };
  add(String(pid));
  return found;
}

/** Memory in MB, what is shared counted by its share (PSS). */
export async function memoryOf(pid) {
  let kilobytes = 0;
  for (const id of await processTree(pid)) {
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** Processor time so far in ms. */
export async function busyMsOf(pid) {
  let ticks = 0;
  for (const id of await processTree(pid)) {
    const stat = await statOf(id);
    if (stat) ticks += Number(stat[11]) + Number(stat[12]);
  }
  return ticks * 10;
}

/** The fields after the name, which may hold spaces: state, parent, … */
async function statOf(id) {
  const text = await readFile(`/proc/${id}/stat`, 'latin1').catch(() => '');
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ');
}
