/**
 * ETRS89 / UTM zone 33N (EPSG:25833) and degrees, by Krüger's series to the fourth order of the third flattening (GRS80): right to less than
 * a millimetre within the zone.
 */
const a = 6378137, f = 1 / 298.257222101, k0 = 0.9996, east0 = 500000, meridian = (15 * Math.PI) / 180;
const n = f / (2 - f), e = Math.sqrt(f * (2 - f));
const A = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const alpha = [n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4, (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4, (61 / 240) * n ** 3 - (103 / 140) * n ** 4, (49561 / 161280) * n ** 4];
const beta = [n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4, (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1440) * n ** 4, (17 / 480) * n ** 3 - (37 / 840) * n ** 4, (4397 / 161280) * n ** 4];

export function toUtm(longitude: number, latitude: number): [number, number] {
  const phi = (latitude * Math.PI) / 180, lambda = (longitude * Math.PI) / 180 - meridian;
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lambda)), eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + t * t));
  let x = eta, y = xi;
  alpha.forEach((c, i) => { const j = 2 * (i + 1); x += c * Math.cos(j * xi) * Math.sinh(j * eta); y += c * Math.sin(j * xi) * Math.cosh(j * eta); });
  return [east0 + k0 * A * x, k0 * A * y];
}

export function toDegrees(easting: number, northing: number): [number, number] {
  const xi0 = northing / (k0 * A), eta0 = (easting - east0) / (k0 * A);
  let xi = xi0, eta = eta0;
  beta.forEach((c, i) => { const j = 2 * (i + 1); xi -= c * Math.sin(j * xi0) * Math.cosh(j * eta0); eta -= c * Math.cos(j * xi0) * Math.sinh(j * eta0); });
  const chi = Math.asin(Math.sin(xi) / Math.cosh(eta));
  let phi = chi;
  for (let i = 0; i < 6; i++) phi = Math.asin(Math.tanh(Math.atanh(Math.sin(chi)) + e * Math.atanh(e * Math.sin(phi))));
  return [((meridian + Math.atan2(Math.sinh(eta), Math.cos(xi))) * 180) / Math.PI, (phi * 180) / Math.PI];
}

/** A place as people type it: UTM33 metres, with or without the zone before the easting, or degrees, also with minutes and seconds, latitude first as in navigation devices; null for anything else. */
export function coordinate(text: string): [number, number] | null {
  const angles = [...text.matchAll(/(\d+)\s*°\s*(\d+(?:[.,]\d+)?)\s*['′’]\s*(?:(\d+(?:[.,]\d+)?)\s*(?:["″”]|''))?\s*([NSOEW])?/gi)];
  if (angles.length === 2) {
    const [first, second] = angles.map(([, d, m, s]) => [d, m, s].reduce((sum, part, i) => sum + Number((part ?? "0").replace(",", ".")) / 60 ** i, 0)) as [number, number];
    // Letters stand before both numbers or behind both.
    return /[OEW]/i.test(/^\s*([NSOEW])/i.exec(text)?.[1] ?? angles[0]![4] ?? "") ? [first, second] : [second, first];
  }
  const numbers = text.replace(/(\d),(\d)/g, "$1.$2").match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
  if (numbers.length !== 2 || /[a-zäöüß]{3,}/i.test(text)) return null;
  const [first, second] = numbers as [number, number];
  if (first > 100000 && first < 1000000 && second > 5000000) return toDegrees(first, second);
  // With the zone before the easting, as the surveying offices write it.
  if (first >= 33e6 && first < 34e6 && second > 5000000) return toDegrees(first - 33e6, second);
  if (first > 45 && first < 56 && second > 4 && second < 17) return [second, first];
  if (first > 4 && first < 17 && second > 45 && second < 56) return [first, second];
  return null;
}
