// Texts come translated from the page; t("kept", { n: 3 }) fills {n}.
const found = document.getElementById("desk-words");
const texts = found ? JSON.parse(found.textContent) : {};

export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const clock = (moment) =>
  new Date(moment).toLocaleTimeString("zh", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
