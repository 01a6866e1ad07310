// One sub-criterion: what is before the judge, its aspects, and handing the sheet in.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { hue } from "./points.js";
import { measurement } from "./view-measurement.js";
import { t } from "./words.js";

export function page(app, { work, sub, subs }) {
  const { desk } = app;
  if (!work) return html`<p class="jd-wait">${t(desk.facts ? "no_works" : "not_loaded")}</p>`;
  const sheet = desk.sheets.get(desk.stub(work.uid, sub.code).uid);
  return html`<div class="jd-top">
      <p class="jd-chip ${hue(work.code)}">${work.code}</p>
      <div class="jd-sub"><p>${sub.criterion} · ${sub.criterion_name} <span>${t("sub_of", { n: subs.indexOf(sub) + 1, all: subs.length })}</span></p>
        <h2>${sub.code} ${sub.name}</h2></div>
      <p class="jd-max"><span>${t("sub_max")}</span><b>${sub.max}</b></p>
    </div>
    ${sheet ? body(app, sheet) : html`<p class="jd-wait" role="status">${t(desk.line === "on" ? "loading" : "not_loaded")}</p>`}`;
}

function body(app, sheet) {
  const state = app.desk.pen.state(sheet);
  const note = app.desk.pen.notes.get(sheet.uid);
  const flagged = sheet.aspects.filter((aspect) => aspect.spread).map((aspect) => aspect.code).join("、");
  return html`
    ${sheet.attempt > 1 && state === "open" ? html`<div class="jd-notice jd-notice-warning"><p>
      <b>${t("score_again")}</b> ${t("score_again_why", { codes: flagged })}</p></div>` : nothing}
    ${note ? html`<div class="jd-notice jd-notice-danger" role="alert"><p>${note}</p></div>` : nothing}
    ${sheet.aspects.map((aspect) => card(app, sheet, aspect, state === "open"))}
    ${handing(app, sheet, state)}`;
}

function card(app, sheet, aspect, open) {
  const { pen } = app.desk;
  const value = pen.value(sheet, aspect) ?? null;
  const name = `aspect-${aspect.uid}`;
  return html`<article class="jd-card ${aspect.spread && open ? "jd-card-again" : ""}" aria-labelledby=${name}>
    <div class="jd-card-head"><h3 id=${name}>${aspect.code} ${aspect.name}</h3>
      ${open && value !== null && (aspect.kind === "J" || aspect.recorder) ? html`<button type="button" class="jd-back"
        aria-label=${t("take_back_of", { code: aspect.code })} @click=${() => pen.mark(sheet, aspect, null)}>${t("take_back")}</button>` : nothing}
      <p>${tickOf(pen.tick(sheet, aspect))} ${t(aspect.kind === "J" ? "judgement" : "measurement")} · ${aspect.max}</p></div>
    ${aspect.extra ? html`<p class="jd-extra">${aspect.extra}</p>` : nothing}
    ${aspect.requirement ? html`<p class="jd-extra"><b>${t("requirement")}</b> ${aspect.requirement}</p>` : nothing}
    ${aspect.kind === "J" ? levels(app, sheet, aspect, value, open) : measurement(app, sheet, aspect, value, open)}
    ${sheet.others ? others(app, sheet, aspect) : nothing}
  </article>`;
}

// kept: on this tablet; taken: on the server as well.
function tickOf(tick) {
  return tick ? html`<span class="jd-tick jd-tick-${tick}">${tick === "taken" ? "✓✓" : "✓"} ${t(`tick_${tick}`)}</span>` : nothing;
}

function levels(app, sheet, aspect, value, open) {
  return html`<div class="jd-levels jd-levels-${aspect.levels.length}" role="group" aria-label=${`${aspect.code} ${t("judgement")}`}>
    ${aspect.levels.map((text, level) => {
    const chosen = value !== null && Number(value) === level;
    return html`<button type="button" class="jd-level" aria-pressed=${chosen} ?disabled=${!open}
      @click=${() => chosen || app.desk.pen.mark(sheet, aspect, String(level))}><b>${level}</b><span>${text}</span></button>`;
  })}</div>`;
}

function others(app, sheet, aspect) {
  const own = app.desk.facts.seat.number;
  const shown = sheet.others.filter((one) => (one.values[aspect.code] ?? null) !== null);
  if (!shown.length || aspect.kind === "M") return nothing;
  return html`<p class="jd-others">${t("panel_gave")} ${shown.map((one) => html`<span class=${one.seat === own ? "jd-own" : ""}>
    ${t("seat", { n: one.seat })} <b>${Number(one.values[aspect.code])}</b></span>`)}</p>`;
}

function handing(app, sheet, state) {
  if (state === "submitted") return html`<p class="jd-hand jd-hand-done">✓ ${t("sheet_submitted")}</p>`;
  if (state === "handed") return html`<p class="jd-hand">${t("sheet_handed")}</p>`;
  const missing = app.desk.pen.missing(sheet);
  const by = (why) => missing.filter((one) => one.why === why).map((one) => one.aspect.code).join("、");
  if (!missing.length) {
    return html`<div class="jd-hand"><p>${t("sheet_full")}</p><button type="button" class="jd-step jd-step-main jd-submit"
      @click=${() => app.desk.pen.submit(sheet)}>${t("submit_sheet", { code: sheet.sub_criterion.code })}</button></div>`;
  }
  return html`<p class="jd-hand">${["unscored", "unconfirmed", "awaited"].filter(by).map((why) => html`<span>${t(`missing_${why}`, { codes: by(why) })}</span>`)}</p>`;
}
