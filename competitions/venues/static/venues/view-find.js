// Finding the person: camera, hand scanner or a few letters; and what this desk said last.
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { loud, setLoud } from "./signals.js";
import { t } from "./words.js";

const MOST = 30;

export const described = (person) => `${person.school} · ${t("team", { n: person.team })}`;

const line = (app, person) => html`<li><button type="button" class="ci-person" @click=${() => app.show({ person, method: "manual" })}>
  <b>${person.name}</b><span>${described(person)}</span>${app.desk.inside(person) ? html`<em>${t("verdict_admitted")}</em>` : nothing}</button></li>`;

function results(app) {
  const found = app.desk.doors.find(app.typed);
  if (!app.typed.trim()) return last(app);
  if (!found.length) return html`<p class="ci-hint" role="status">${t("no_match")}</p>`;
  const waiting = found.filter((one) => !app.desk.inside(one));
  const ordered = [...waiting, ...found.filter((one) => app.desk.inside(one))];
  return html`<ul class="ci-people">${ordered.slice(0, MOST).map((one) => line(app, one))}</ul>
    ${ordered.length > MOST ? html`<p class="ci-hint">${t("more", { n: ordered.length - MOST })}</p>` : nothing}`;
}

function last(app) {
  const { desk } = app;
  if (!desk.doors.people.length) return html`<p class="ci-hint">${desk.doors.facts ? t("empty") : t("loading")}</p>`;
  return html`<p class="ci-hint">${t("find_hint")}</p>
    ${desk.last.length ? html`<h2 class="ci-small">${t("last")}</h2><ul class="ci-last">${desk.last.map((item) => html`<li class="ci-said-${item.verdict}">
      <b>${item.label}</b><span>${t(`verdict_${item.verdict}`)}</span><span class="ci-tick ci-tick-${item.tick}">${t(`tick_${item.tick}`)}</span></li>`)}</ul>` : nothing}`;
}

export function find(app) {
  const { desk } = app;
  const people = desk.doors.expected.length;
  return html`<section class="ci-find" aria-label=${t("title")}>
    <p class="ci-count" role="status"><b>${t("inside", { n: desk.insideCount, all: people })}</b>
      <label class="ci-sound"><input type="checkbox" .checked=${loud()} @change=${(event) => setLoud(event.target.checked)}> ${t("sound")}</label></p>
    <div class="ci-camera" ?hidden=${!app.scanner.filming}><video playsinline muted aria-label=${t("scan")}></video></div>
    ${app.scanner.blind ? html`<p class="ci-hint ci-wrong" role="alert">${t("no_camera")}</p>` : nothing}
    ${app.strange && !app.shown ? html`<p class="ci-hint ci-wrong" role="alert">${t("strange")}</p>` : nothing}
    <form class="ci-row" @submit=${(event) => { event.preventDefault(); app.entered(); }}>
      <label class="visually-hidden" for="ci-find">${t("find")}</label>
      <input id="ci-find" class="ci-input" type="search" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder=${t("find")}
        .value=${app.typed} @input=${(event) => app.type(event.target.value)}>
      <button type="button" class="ci-scan" @click=${() => app.scanner.toggle(() => app.draw(), () => app.querySelector("video"))}>${t(app.scanner.filming ? "stop" : "scan")}</button>
    </form>
    ${results(app)}
  </section>`;
}
