// Passkeys: what the browser asks a device or a password manager for (WebAuthn level 3), and what it tells them afterwards.
// Options come from the server as JSON; bytes are base64url. Written out by hand rather than by parse…FromJSON and toJSON,
// which older browsers do not have and some password managers' extensions forget.

const decode = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
const encode = bytes => bytes && btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const withIds = list => (list ?? []).map(item => ({ ...item, id: decode(item.id) }));

export function isSupported() {
  return globalThis.PublicKeyCredential !== undefined && navigator.credentials?.create !== undefined;
}

// A new one. Never throws: what went wrong has a name.
export async function create(optionsText) {
  return await attempt(async () => {
    const options = JSON.parse(optionsText);
    const credential = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: decode(options.challenge),
        user: { ...options.user, id: decode(options.user.id) },
        excludeCredentials: withIds(options.excludeCredentials),
      },
    });
    const { response } = credential;
    return pack(credential, {
      attestationObject: encode(response.attestationObject),
      authenticatorData: encode(response.getAuthenticatorData?.()),
      transports: response.getTransports?.() ?? [],
    });
  });
}

// One that is there. With mediation "conditional" the browser offers it among what it fills in, and asks nothing by itself.
export async function get(optionsText, more = {}) {
  return await attempt(async () => {
    const options = JSON.parse(optionsText);
    const credential = await navigator.credentials.get({
      ...more,
      publicKey: { ...options, challenge: decode(options.challenge), allowCredentials: withIds(options.allowCredentials) },
    });
    const { response } = credential;
    return pack(credential, {
      authenticatorData: encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: encode(response.userHandle) || undefined,
    });
  });
}

// For the question whether it is really them, on a page with a circuit: the answer gives the browser a new cookie, so it
// travels by a request of its own.
export async function confirm(formId, url) {
  const token = document.getElementById(formId).querySelector("[name=__RequestVerificationToken]").value;
  const asked = await send(`${url}/options`, {}, token);
  if (!asked.ok) return told(asked);
  const { answer, fault } = await get(JSON.stringify(asked.body.options));
  return fault ? { status: 400, detail: null, errors: [{ field: "passkey", message: wordsFor(fault) }], ended: 0 } : told(await send(url, { ticket: asked.body.ticket, credential: answer }, token));
}

// Password managers forget what was removed and show the present names, where the browser can tell them.
export async function signal({ rpId, userId, name, displayName, credentialIds }) {
  try {
    await PublicKeyCredential.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds: credentialIds });
    await PublicKeyCredential.signalCurrentUserDetails?.({ rpId, userId, name, displayName });
  } catch {
    // Another host than people know, or a manager that does not listen: nothing is lost by it.
  }
}

function pack(credential, response) {
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response: { clientDataJSON: encode(credential.response.clientDataJSON), ...response },
  });
}

async function attempt(call) {
  try {
    return { answer: await call(), fault: null };
  } catch (error) {
    return { answer: null, fault: error?.name ?? "Error" };
  }
}

async function send(url, body, token) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", ...(token ? { RequestVerificationToken: token } : {}) },
      body: JSON.stringify(body),
    });
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { ok: false, status: 0, body: {} };
  }
}

function told({ status, body }) {
  return { status, detail: body.detail ?? null, errors: body.errors ?? [], ended: 0 };
}

function wordsFor(fault) {
  return fault === "NotAllowedError" || fault === "AbortError" ? "That was cancelled, or took too long. Try again, or choose another way."
    : fault === "SecurityError" ? "Passkeys do not work at this address. Open the site at the one you know it by."
    : "This browser could not use a passkey. Try again, or choose another way.";
}

// The sign-in page: a button, and passkeys among what the browser offers in the field for the name. Nothing is asked before
// somebody presses or chooses something.
const form = document.querySelector("form[data-passkey-sign-in]");
if (form && isSupported()) signIn(form);

async function signIn(form) {
  // Shorter than the server waits for an answer.
  const askAgainAfter = 4 * 60_000;
  const { url, unknown, rp } = form.dataset;
  const says = form.querySelector("[data-says]");
  const button = form.querySelector("button");
  let waiting;
  form.hidden = false;
  if (unknown) PublicKeyCredential.signalUnknownCredential?.({ rpId: rp, credentialId: unknown }).catch(() => {});

  async function ask(more) {
    const asked = await send(url, {});
    if (!asked.ok) return { answer: null, fault: "Unasked", why: asked.body.detail };
    const got = await get(JSON.stringify(asked.body.options), more);
    if (got.answer) post(asked.body.ticket, got.answer);
    return got;
  }

  function post(ticket, answer) {
    form.elements["Passkey.Ticket"].value = ticket;
    form.elements["Passkey.Answer"].value = answer;
    const remember = document.querySelector("input[type=checkbox][name='Input.RememberMe']");
    form.elements["Passkey.RememberMe"].value = String(remember?.checked === true);
    form.requestSubmit();
  }

  async function offer() {
    waiting = new AbortController();
    const { signal } = waiting;
    const renewal = setTimeout(() => waiting.abort(), askAgainAfter);
    const { fault } = await ask({ mediation: "conditional", signal });
    clearTimeout(renewal);
    // Its question was about to grow too old; one that the button ended stays ended.
    if (fault === "AbortError" && !signal.reason?.pressed) await offer();
  }

  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    // Of two questions at once a browser refuses the second.
    waiting?.abort({ pressed: true });
    button.setAttribute("aria-disabled", "true");
    says.textContent = "";
    const { answer, fault, why } = await ask({});
    if (answer) return;
    button.removeAttribute("aria-disabled");
    says.textContent = fault === "Unasked" ? why ?? "The portal cannot be reached. Try again." : wordsFor(fault);
    if (waiting) await offer();
  });

  // After one that was refused the person chooses: offered again at once, it would come again at once.
  if (form.dataset.offer === "true" && await PublicKeyCredential.isConditionalMediationAvailable?.()) await offer();
}
