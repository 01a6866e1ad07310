// Own running total, the way through the work's sub-criteria, and the two big buttons.
import { html } from "../vendor/lit-html/lit-html.js";
import { ownTotal } from "./points.js";
import { t } from "./words.js";

function pairsOf(desk, work) {
  return desk.stubsOf(work.uid).flatMap((stub) => {
    const sheet = desk.sheets.get(stub.uid);
    return sheet ? sheet.aspects.map((aspect) => ({ aspect, value: desk.pen.value(sheet, aspect) })) : [];
  });
}

function dotOf(app, stub, here) {
  const sheet = app.desk.sheets.get(stub.uid);
  const full = sheet && !app.desk.pen.missing(sheet).length;
  const kind = app.done(stub) ? "done" : stub.attempt > 1 ? "again" : full ? "full" : "open";
  return `jd-dot jd-dot-${kind}${here ? " jd-dot-here" : ""}`;
}

export function foot(app, { work, sub, subs }) {
  const { desk } = app;
  const { total, scored } = ownTotal(pairsOf(desk, work));
  const [before, after] = [app.neighbour(-1), app.neighbour(1)];
  const done = subs.filter((one) => app.done(desk.stub(work.uid, one.code))).length;
  return html`<footer class="jd-foot">
    <p class="jd-total"><span>${t("own_total", { code: work.code })}</span> <b>${total}</b> <span>/ ${t("scored", { n: scored })}</span></p>
    <p class="jd-dots" role="img" aria-label=${t("progress", { done, all: subs.length })}>
      ${subs.map((one) => html`<i class=${dotOf(app, desk.stub(work.uid, one.code), one === sub)}></i>`)}</p>
    <div class="jd-steps">
      <button type="button" class="jd-step" @click=${() => app.open("review")}>${t("review")}</button>
      <button type="button" class="jd-step" ?disabled=${!before} @click=${() => app.step(-1)}>‹ ${t("previous")}</button>
      <button type="button" class="jd-step jd-step-main" ?disabled=${!after} @click=${() => app.step(1)}>
        ${after?.crosses ? t("next_work", { code: after.work.code }) : t("next")} ›</button>
    </div>
  </footer>`;
}
