// The judge's works: each code with its own colour and how far the judge is with it.
import { html } from "../vendor/lit-html/lit-html.js";
import { hue } from "./points.js";
import { t } from "./words.js";

function standing(app, work) {
  if (["absent", "withdrawn", "disqualified"].includes(work.status)) return ["rest", t(`status_${work.status}`)];
  const stubs = app.desk.stubsOf(work.uid);
  const done = stubs.filter((stub) => app.done(stub)).length;
  if (done === stubs.length) return ["done", `✓ ${t("done")}`];
  if (stubs.some((stub) => stub.attempt > 1 && !app.done(stub))) return ["again", t("again")];
  const begun = done || stubs.some((stub) => begunOn(app.desk, stub));
  return begun ? ["begun", `${done} / ${stubs.length}`] : ["new", t("unscored")];
}

function begunOn(desk, stub) {
  const sheet = desk.sheets.get(stub.uid);
  return sheet?.aspects.some((a) => (a.kind === "J" || a.recorder) && (desk.pen.value(sheet, a) ?? null) !== null);
}

export function works(app, place) {
  return html`<nav class="jd-works" aria-label=${t("my_works")}>
    <p class="jd-works-title">${t("my_works")} · ${app.desk.works.length}</p>
    ${app.desk.works.map((work) => {
    const [kind, text] = standing(app, work);
    const sub = place.subs.find((one) => one.code === place.sub?.code);
    return html`<button type="button" class="jd-work jd-work-${kind} ${hue(work.code)}"
      aria-current=${work === place.work ? "true" : "false"} @click=${() => app.go(work, sub)}>
      <span class="jd-bar"></span><span class="jd-code">${work.code}</span><span class="jd-standing">${text}</span>
    </button>`;
  })}
  </nav>`;
}
