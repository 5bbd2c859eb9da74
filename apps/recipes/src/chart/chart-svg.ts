interface ChartRow {
  readonly token: string | undefined;
  readonly logit: number;
  readonly share?: number | undefined;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The notebook's chart as SVG: a bar for each token's logit, and one for its share. Drawing only; the numbers come ready. */
export function chartSvg(rows: readonly ChartRow[]): string {
  const top = Math.max(...rows.map(({ logit }) => Math.abs(logit)));
  const bars = rows.map(({ token, logit, share = 0 }, i) => {
    const [high, tall] = [Math.round((100 * Math.abs(logit)) / top), Math.round(100 * share)];
    return (
      `<rect x="${i * 40}" y="${100 - high}" width="14" height="${high}" fill="blue"/>` +
      `<rect x="${i * 40 + 16}" y="${100 - tall}" width="14" height="${tall}" fill="red"/>` +
      `<text x="${i * 40}" y="114" font-size="9">${escaped(token ?? '')}</text>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${rows.length * 40} 120">${bars.join('')}</svg>`;
}
