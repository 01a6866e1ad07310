// Texts come translated from the page; t("missing", { n: 3 }) fills {n}.
const found = document.getElementById("judge-words");
const texts = found ? JSON.parse(found.textContent) : {};

export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
