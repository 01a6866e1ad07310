// One person at the door: who it should be, the papers, and a verdict within the reach of one thumb.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { described } from "./view-find.js";
import { clock, t } from "./words.js";

const REASONS = ["photo_differs", "no_id_card", "no_student_card", "no_participation_card", "wrong_session", "too_late", "card_ended", "other"];
const OF_UNLISTED = ["not_listed", "card_ended", "other"];

const box = (app, paper) => html`<label class="ci-paper"><input type="checkbox" .checked=${app.shown.papers.has(paper)}
  @change=${(event) => app.mark("papers", paper, event.target.checked)}> <span>${t(`paper_${paper}`)}</span></label>`;

const chip = (app, reason) => html`<label class="ci-paper"><input type="checkbox" .checked=${app.shown.reasons.has(reason)}
  @change=${(event) => app.mark("reasons", reason, event.target.checked)}> <span>${t(`reason_${reason}`)}</span></label>`;

function note(app, label) {
  return html`<label class="ci-note"><span>${label}</span><input class="ci-input" maxlength="300" .value=${app.shown.note}
    @input=${(event) => { app.shown.note = event.target.value; }}></label>`;
}

function warnings(app) {
  const { desk, shown } = app;
  const { person, card } = shown;
  const place = person && desk.doors.elsewhere(person);
  const said = [
    !person && ["danger", html`<b>${t("unlisted")}</b> ${t("unlisted_hint")}`],
    card?.ended && ["danger", t("card_ended")],
    place && ["danger", t("elsewhere", { name: place.name, time: clock(place.starts_at) })],
    person && desk.inside(person) && ["warning", t("already")],
    person && desk.doors.late && ["warning", t("late", { time: clock(desk.doors.cutOff) })],
  ].filter(Boolean);
  return said.map(([tone, text]) => html`<p class="ci-warning ci-notice-${tone}">${text}</p>`);
}

// Who was scanned meanwhile: seen, and opened by itself when this person is done.
function waiting(app) {
  const { waiting: line } = app.queue;
  if (!line.length) return nothing;
  const name = line[0].person?.name ?? t("noted_unlisted");
  return html`<p class="ci-warning ci-notice-warning" role="alert">${line.length > 1
    ? t("next_of", { name, n: line.length }) : t("next", { name })}</p>`;
}

function refusing(app) {
  const reasons = app.shown.person ? REASONS : OF_UNLISTED;
  return html`<fieldset class="ci-papers"><legend>${t("why")}</legend>${reasons.map((one) => chip(app, one))}</fieldset>
    ${note(app, t("note"))}`;
}

function admitting(app) {
  const papers = app.desk.doors.facts?.papers ?? [];
  return html`<p class="ci-compare">${t("compare")}</p>
    ${papers.length ? html`<fieldset class="ci-papers"><legend>${t("papers")}</legend>
      ${papers.length > 1 ? html`<label class="ci-paper ci-all"><input type="checkbox" .checked=${papers.every((one) => app.shown.papers.has(one))}
        @change=${(event) => papers.forEach((one) => app.mark("papers", one, event.target.checked))}> <span>${t("papers_all")}</span></label>` : nothing}
      ${papers.map((one) => box(app, one))}</fieldset>` : nothing}
    ${note(app, t(app.desk.doors.late ? "note_late" : "note"))}`;
}

export function person(app) {
  const { shown, desk } = app;
  const { person: who } = shown;
  const refuse = shown.refusing || !who;
  const yes = who && !shown.card?.ended && !shown.refusing;
  const back = () => (shown.refusing && who ? app.refuse(false) : app.close());
  return html`<dialog class="ci-dialog" aria-labelledby="ci-who" @close=${(event) => event.target.isConnected && !event.target.open && app.close()}>
    <div class="ci-who"><h2 id="ci-who">${who ? who.name : t("noted_unlisted")}</h2>${who ? html`<p>${described(who)}</p>` : nothing}</div>
    <div class="ci-body">${waiting(app)}${app.strange ? html`<p class="ci-wrong" role="alert">${t("strange")}</p>` : nothing}
      ${warnings(app)}${refuse ? refusing(app) : admitting(app)}
      ${shown.fault ? html`<p class="ci-wrong" role="alert">${t(shown.fault)}</p>` : nothing}</div>
    <div class="ci-verdicts">
      <button type="button" class="ci-quiet" @click=${back}>${t("cancel")}</button>
      <button type="button" class="ci-no" @click=${() => (refuse ? app.verdict("refused") : app.refuse(true))}>${t("refuse")}</button>
      ${yes ? html`<button type="button" class="ci-yes" @click=${() => app.verdict(desk.doors.late ? "late_admitted" : "admitted")}>
        ${t(desk.doors.late ? "admit_late" : "admit")}</button>` : nothing}
    </div>
  </dialog>`;
}
