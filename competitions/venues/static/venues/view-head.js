// The head of the desk, and what the person at the door must know before anything else.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { token } from "./api.js";
import { canReadCodes } from "./doors.js";
import { clock, t } from "./words.js";

const LINES = { on: ["good", "line_on"], off: ["warning", "line_off"], out: ["danger", "line_out"] };

const NAMED = 3;

const named = (event) => (document.documentElement.lang === "en" && event?.name_en) || event?.name || t("title");

const pill = (tone, text) => html`<span class="ci-pill ci-pill-${tone}">${text}</span>`;

export function head(app) {
  const { desk } = app;
  const { doors } = desk;
  const [tone, line] = LINES[desk.line];
  const sessions = doors.facts?.sessions ?? [];
  return html`<header class="ci-head">
    <h1>${named(doors.facts?.event)}</h1>
    <p class="ci-name">${app.getAttribute("desk")}</p>
    <label class="ci-session"><span class="visually-hidden">${t("session")}</span>
      <select class="form-select" @change=${(event) => app.choose(event.target.value)}>
        ${sessions.map((one) => html`<option value=${one.uid} ?selected=${one.uid === doors.session}>${one.name} ${clock(one.starts_at)}</option>`)}
        <option value="" ?selected=${!doors.session}>${t("whole_event")}</option>
      </select></label>
    <p class="ci-pills">${pill(tone, t(line))}
      ${pill(desk.kept ? "ink" : "muted", t("kept", { n: desk.kept }))}
      ${pill("good", t("delivered", { n: desk.delivered }))}</p>
    <div class="ci-out">
      ${app.getAttribute("board") ? html`<a class="ci-quiet" href=${app.getAttribute("board")}>${t("board")}</a>` : nothing}
      <form method="post" action="/sign-out/" data-guard="outbox">
        <input type="hidden" name="csrfmiddlewaretoken" .value=${token()}>
        <button type="submit" class="ci-quiet">${t("sign_out")}</button>
      </form>
    </div>
  </header>`;
}

const notice = (tone, text, act = nothing) => html`<div class="ci-notice ci-notice-${tone}"><p>${text}</p>${act}</div>`;

const understood = (act) => html`<button type="button" class="ci-quiet" @click=${act}>${t("understood")}</button>`;

// Another tab of this device has signed out: nobody's name stays on the screen.
export function gone(app) {
  app.scanner.stop();
  return html`<div class="ci-wait" role="alert"><h1>${t("signed_out_here")}</h1><p>${t("signed_out_there")}</p>
    <a class="ci-quiet" href="/card/?next=${location.pathname}">${t("sign_in_again")}</a></div>`;
}

// A browser that stores nothing (a private window, a full disk) keeps no verdict either: no desk begins on it.
export const noDisk = () => html`<div class="ci-wait" role="alert"><h1>${t("no_disk")}</h1><p>${t("no_disk_hint")}</p>
  <button type="button" class="btn btn-primary" @click=${() => location.reload()}>${t("reload")}</button></div>`;

const held = (app, key) => notice("danger", t(key, { n: app.desk.kept }), understood(() => { app.held = ""; app.draw(); }));

// After a long time without network there may be many: one line for all of them leaves room for who comes next.
function metInside(conflicts) {
  const names = [...new Set(conflicts)];
  if (names.length === 1) return t("conflict", { name: names[0] });
  return t("conflicts", { n: names.length, names: names.slice(0, NAMED).join(document.documentElement.lang === "en" ? ", " : "、") });
}

export function notices(app) {
  const { desk } = app;
  const back = html`<a class="ci-quiet" href="/card/?next=${location.pathname}">${t("sign_in_again")}</a>`;
  const made = desk.doors.facts ? clock(desk.doors.facts.made_at) : "–";
  return html`
    ${canReadCodes ? nothing : notice("danger", t("insecure"))}
    ${desk.line === "out" ? notice("danger", t(desk.kept ? "signed_out_kept" : "signed_out", { n: desk.kept }), back) : nothing}
    ${desk.line === "off" ? notice("warning", t("offline", { time: made })) : nothing}
    ${app.held === "offline" ? held(app, "held_offline") : nothing}
    ${app.held === "unsent" && desk.kept ? held(app, "held") : nothing}
    ${desk.conflicts.length ? notice("danger", metInside(desk.conflicts), understood(() => desk.read())) : nothing}
    ${desk.refused.length ? notice("danger", html`${t("refused", { n: desk.refused.length })}
      ${desk.refused.map((item) => html`<br><b>${item.label}</b> ${item.message}`)}`, understood(() => desk.read())) : nothing}`;
}
