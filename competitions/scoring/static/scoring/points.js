// Points as whole hundredths, read from and written as text.
export function hundredths(text) {
  const [whole, part = ""] = String(text).split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0").slice(0, 2));
}

export function written(count) {
  return `${Math.trunc(count / 100)}.${String(count % 100).padStart(2, "0")}`;
}

// "0.5" and "0.50" are one value.
export function same(one, other) {
  if (one === null || other === null || one === undefined || other === undefined) return (one ?? null) === (other ?? null);
  return hundredths(one) === hundredths(other);
}

// A level is worth its share of the aspect's maximum; thirds are rounded once, in the sum.
export function ownTotal(pairs) {
  const byTop = new Map();
  let scored = 0;
  for (const { aspect, value } of pairs) {
    if (value === null || value === undefined) continue;
    const top = aspect.kind === "J" ? aspect.levels.length - 1 : 1;
    const points = aspect.kind === "J" ? Number(value) * hundredths(aspect.max) : hundredths(value);
    byTop.set(top, (byTop.get(top) ?? 0) + points);
    scored += hundredths(aspect.max);
  }
  const total = [...byTop].reduce((sum, [top, points]) => sum + points / Math.max(top, 1), 0);
  return { total: written(Math.round(total)), scored: written(scored) };
}

// The ten colours of work codes (ui/tokens.css), chosen as the pages choose them (code_hue).
export function hue(code) {
  return `hue-${[...code].reduce((so, letter) => (so * 31 + letter.codePointAt(0)) % 9973, 0) % 10}`;
}
