// The desk's door of the API. Three ways to fail: no line (try again), SignedOut (kept until the next sign-in), Refused.
const PATIENCE = 15000;

export class SignedOut extends Error {
  stop = true;
}

export class Refused extends Error {
  constructor(problem) {
    super(problem.title ?? "");
    this.code = problem.code ?? "refused";
  }
}

export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

async function ask(url, body) {
  const answer = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: body === undefined ? {} : { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.ok) return answer.json();
  // A desk that was closed is told that there is no such event: what it holds is kept, not judged.
  if ([401, 403, 404].includes(answer.status)) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Error(`status ${answer.status}`);
  throw new Refused(await answer.json().catch(() => ({ title: `HTTP ${answer.status}` })));
}

const base = (event) => `/api/v1/events/${encodeURIComponent(event)}/checkin/`;

export const list = (event, session) => ask(`${base(event)}list${session ? `?session=${session}` : ""}`);

export async function sendScans(event, items) {
  const scans = items.map(({ label, kept_at, ...scan }) => scan);
  try {
    return (await ask(`${base(event)}scans`, { sent_at: new Date().toISOString(), scans })).verdicts;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // One scan that the server cannot read must not hold up the others.
    if (items.length > 1) return sendScans(event, items.slice(0, 1));
    return [{ client_id: items[0].client_id, verdict: "refused", code: error.code, message: error.message }];
  }
}
