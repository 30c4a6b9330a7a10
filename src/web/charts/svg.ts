// Pieces of an SVG picture as text: attributes and classes only, every value escaped.

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `<name a="…">content</name>`; content is markup, attributes are escaped, undefined ones left out. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
  return content === '' ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** A whole picture, 16 units to the rem so that it grows with the text size. */
export function picture(
  size: { width: number; height: number },
  words: { id: string; className: string; title: string; desc: string },
  content: string,
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: words.className,
      role: 'img',
      'aria-labelledby': `${words.id}-title ${words.id}-desc`,
      viewBox: `0 0 ${size.width} ${size.height}`,
      width: `${size.width / 16}rem`,
      height: `${size.height / 16}rem`,
    },
    element('title', { id: `${words.id}-title` }, escapeXml(words.title)) +
      element('desc', { id: `${words.id}-desc` }, escapeXml(words.desc)) +
      content,
  );
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
