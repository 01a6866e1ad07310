// A measurement belongs to the panel: the recorder enters it, the others confirm it or say what is wrong.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { same } from "./points.js";
import { t } from "./words.js";

const REASONS = ["reason_misread", "reason_retest", "reason_wrong_work", "reason_rule"];

export function measurement(app, sheet, aspect, value, open) {
  return aspect.recorder ? entering(app, sheet, aspect, value, open) : answering(app, sheet, aspect, value, open);
}

function entering(app, sheet, aspect, value, open) {
  const between = value !== null && !same(value, aspect.max) && !same(value, "0");
  const choice = (points, text, tone) => html`<button type="button" class="jd-choice jd-choice-${tone}" ?disabled=${!open}
    aria-pressed=${value !== null && same(value, points)} @click=${() => same(value, points) || app.desk.pen.mark(sheet, aspect, points)}>${text}</button>`;
  return html`<div class="jd-choices" role="group" aria-label=${`${aspect.code} ${t("measurement")}`}>
    ${choice(aspect.max, t("met"), "good")} ${choice("0", t("not_met"), "plain")}
    <button type="button" class="jd-choice jd-choice-plain" ?disabled=${!open} aria-pressed=${between}
      @click=${() => app.open({ pad: aspect, sheet, value })}>${between ? html`<b>${value}</b>` : t("between")}</button>
    <span class="jd-aside">${t("panel_confirms")}</span></div>`;
}

function spoken(aspect, value) {
  if (same(value, aspect.max)) return t("met");
  return same(value, "0") ? t("not_met") : nothing;
}

function answering(app, sheet, aspect, value, open) {
  if (value === null) return html`<p class="jd-aside">${t("recorder_has_not")}</p>`;
  const { pen } = app.desk;
  const word = pen.word(sheet, aspect);
  const agrees = open ? word?.agrees : aspect.word ? aspect.word === "agrees" : word?.agrees;
  return html`<div class="jd-choices" role="group" aria-label=${`${aspect.code} ${t("measurement")}`}>
    <p class="jd-panel">${t("recorder_gave")} <b>${value}</b> ${spoken(aspect, value)}</p>
    <button type="button" class="jd-choice jd-choice-good" ?disabled=${!open} aria-pressed=${agrees === true}
      @click=${() => pen.say(sheet, aspect, true)}>${t("confirm")}</button>
    <button type="button" class="jd-choice jd-choice-bad" ?disabled=${!open} aria-pressed=${agrees === false}
      @click=${() => agrees === false || pen.say(sheet, aspect, false)}>${t("dispute")}</button></div>
    ${open && word && !word.agrees ? reasons(pen, sheet, aspect, word) : nothing}`;
}

function reasons(pen, sheet, aspect, word) {
  const name = `why-${aspect.uid}`;
  return html`<div class="jd-reasons"><label for=${name}>${t("reason")}</label>
    <div class="jd-choices">${REASONS.map((reason) => html`<button type="button" class="jd-choice jd-choice-plain"
      aria-pressed=${word.reason === t(reason)} @click=${() => pen.say(sheet, aspect, false, t(reason))}>${t(reason)}</button>`)}</div>
    <input id=${name} class="jd-input" maxlength="200" autocomplete="off" placeholder=${t("reason_own")} .value=${word.reason}
      @change=${({ target }) => pen.say(sheet, aspect, false, target.value)}></div>`;
}
