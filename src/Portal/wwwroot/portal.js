// What script adds to pages that work without it. Listens on the document, so it holds for pages merged in later too.
const inputOf = button => document.getElementById(button.getAttribute("aria-controls"));

function enhance() {
  for (const button of document.querySelectorAll("[data-reveal][hidden]")) button.hidden = false;
}

document.addEventListener("click", event => {
  const reveal = event.target.closest("[data-reveal]");
  if (reveal) {
    const show = reveal.getAttribute("aria-pressed") !== "true";
    reveal.setAttribute("aria-pressed", String(show));
    inputOf(reveal).type = show ? "text" : "password";
  }
  if (event.target.closest("[data-reconnect]")) reconnect();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu.contains(event.target) && !event.target.closest("a, [data-closes]")) continue;
    menu.open = false;
    // What was pressed is hidden now: a dialog it opens gives the focus back to what can have it.
    if (menu.contains(event.target) && event.target.closest("[data-closes]")) menu.querySelector("summary").focus();
  }
});

// A menu too low on the screen for what is in it opens upwards where there is more room, and never reaches beyond the window.
document.addEventListener("toggle", event => {
  if (!event.target.open || !event.target.matches("details[data-menu]")) return;
  const { top, bottom } = event.target.getBoundingClientRect();
  const below = innerHeight - bottom;
  // The bar at the top stays in front of what is on the page.
  const above = top - (document.querySelector("header.bar")?.offsetHeight ?? 0);
  // What is looked up first has its height later.
  const isUp = below < Math.max(320, event.target.lastElementChild.scrollHeight + 16) && above > below;
  event.target.toggleAttribute("data-up", isUp);
  event.target.style.setProperty("--portal-room", `${isUp ? above : below}px`);
}, true);

document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

for (const type of ["keydown", "keyup"]) {
  document.addEventListener(type, event => {
    const hint = event.target.closest?.(".field")?.querySelector("[data-caps-lock]");
    if (!hint || !event.getModifierState) return;
    const words = event.getModifierState("CapsLock") ? "Caps Lock is on." : "";
    if (hint.textContent !== words) hint.textContent = words;
  });
}

// Length is what makes a password strong; the server alone decides whether it is accepted.
let said;
document.addEventListener("input", event => {
  const input = event.target;
  if (!input.dataset?.strength) return;
  const meter = document.querySelector(`[data-strength-of="${input.id}"]`);
  const least = Number(input.dataset.strength);
  const length = [...input.value].length;
  const varied = new Set(input.value).size >= Math.min(6, least);
  const good = length >= least && varied;
  meter.hidden = length === 0;
  meter.toggleAttribute("data-short", !good);
  meter.firstElementChild.style.setProperty("--part", `${Math.min(100, Math.round(length / (least * 1.5) * 100))}%`);
  clearTimeout(said);
  said = setTimeout(() => {
    meter.lastElementChild.textContent = length < least ? `${length} of at least ${least} characters.`
      : !varied ? "Long enough, but it repeats itself." : length < least * 1.5 ? "Long enough." : "Long and strong.";
  }, 250);
});

document.addEventListener("submit", async event => {
  const form = event.target;
  if (form.matches("[data-theme-switch]") && event.submitter) {
    event.preventDefault();
    await switchTheme(form, event.submitter);
    return;
  }
  const button = form.querySelector("button[data-busy]");
  if (!button || event.defaultPrevented) return;
  if (button.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return;
  }
  button.setAttribute("aria-disabled", "true");
  button.dataset.words = button.textContent;
  button.textContent = button.dataset.busy || button.textContent;
});

async function switchTheme(form, submitter) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter), redirect: "manual" }).catch(() => null);
  if (answer?.type !== "opaqueredirect") {
    location.reload();
    return;
  }
  const choice = submitter.value;
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === choice));
  }
}

// A page from the back-forward cache: a sent form may be sent again, a private page must ask the server whether it may be shown.
addEventListener("pageshow", event => {
  if (!event.persisted) return;
  if (document.body.hasAttribute("data-private")) location.reload();
  for (const button of document.querySelectorAll("button[data-busy][aria-disabled]")) {
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.words;
  }
});

// A circuit that is gone for good takes what it showed with it.
document.addEventListener("components-reconnect-state-changed", event => {
  if (["rejected", "resume-failed"].includes(event.detail.state)) {
    document.body.setAttribute("data-ended", "");
    location.reload();
  }
}, true);

async function reconnect() {
  try {
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) location.reload();
  } catch {
    // Still unreachable; the banner stays.
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && document.querySelector(".components-reconnect-failed")) reconnect();
});

// The event of a fold, with what it became: events that come close together are told as one.
globalThis.Blazor?.registerCustomEventType("folded", { browserEventName: "toggle", createEventArgs: event => ({ isOpen: event.target.open }) });

// Started here, where it can be told who wants to know of a circuit's end.
globalThis.Blazor?.start({ circuit: { circuitHandlers: [{ onCircuitClosed: () => document.dispatchEvent(new Event("circuit-closed")) }] } });

// A merged page loads nothing that a screen reader would notice: say its title.
let here = location.pathname;
globalThis.Blazor?.addEventListener("enhancedload", () => {
  enhance();
  const status = document.querySelector("[data-announce]");
  if (status && here !== location.pathname) status.textContent = document.title;
  here = location.pathname;
});

// Who was asked who they are may have come here to confirm it: the page that waits hears that the browser has the new key.
if (document.querySelector("[data-confirmed]")) {
  const channel = new BroadcastChannel("confirmed");
  channel.postMessage(null);
  channel.close();
}

enhance();
