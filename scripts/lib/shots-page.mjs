const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 32px; color: #1d2625; background: #f7faf9; }
h1 { font-size: 24px; } h2 { margin-top: 48px; } h3 { font-size: 15px; margin: 32px 0 8px; }
.pair { display: flex; gap: 16px; flex-wrap: wrap; } figure { margin: 0; flex: 1 1 420px; max-width: 800px; }
img { width: 100%; border: 1px solid #cfd8d6; border-radius: 8px; } figcaption { font-size: 13px; color: #55625f; }
nav a { margin-right: 16px; }
`;

/**
 * One page of all pictures: by size and chapter, light beside dark.
 *
 * @param {{ size: string, steps: { chapter: string, what: string, pictures: Record<string, string> }[] }[]} walks
 */
export function shotsPage(walks) {
  const sizes = [...new Set(walks.map(({ size }) => size))];
  const parts = sizes.map((size) => {
    const steps = walks.filter((walk) => walk.size === size).flatMap((walk) => walk.steps);
    const chapters = [...new Set(steps.map(({ chapter }) => chapter))];
    return [
      `<h2 id="s${size}">${size.replace('x', ' × ')}</h2>`,
      ...chapters.flatMap((chapter) => [
        `<h3>${escaped(chapter)}</h3>`,
        ...steps.filter((step) => step.chapter === chapter).map((step) => screen(size, step)),
      ]),
    ].join('\n');
  });
  const links = sizes.map((size) => `<a href="#s${size}">${size.replace('x', ' × ')}</a>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Grantkeep, every screen</title><style>${STYLE}</style></head>
<body><h1>Grantkeep, every screen</h1><nav>${links}</nav>
${parts.join('\n')}
</body></html>
`;
}

function screen(size, { what, pictures }) {
  const figures = Object.entries(pictures).map(
    ([theme, file]) =>
      `<figure><a href="${size}/${file}"><img loading="lazy" src="${size}/${file}" alt="${escaped(what)}, ${theme}"></a><figcaption>${escaped(what)}, ${theme === 'large' ? 'text twice as large' : theme}</figcaption></figure>`,
  );
  return `<div class="pair">${figures.join('')}</div>`;
}
