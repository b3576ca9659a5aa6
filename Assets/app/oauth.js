// To a provider and back. What comes back counts only in the tab that went there: nobody is signed in
// as somebody else by a link. A code is bound to that tab's secret besides.

import { Problem } from "./problem.js";

const prefix = "/api/auth";
const secret = "atrium.code-verifier";

/** @type {Record<string, string>} */
const names = { github: "GitHub", gitlab: "GitLab", linkedin: "LinkedIn", twitter: "X" };

/** @type {Record<string, string>} */
const reasons = {
  STATE_INVALID: "The way back took too long, or was used before. Try again.",
  STATE_NOT_BOUND: "This sign-in was begun in another browser. Try again.",
  CONSENT_REFUSED: "The provider, or you, said no.",
  GRANT_REFUSED: "The provider did not stand by its answer. Try again.",
  ACCOUNT_NOT_LINKED: "Somebody has this address here already: sign in with the password.",
  SIGN_UP_CLOSED: "New accounts are not taken here.",
  SIGN_UP_NOT_REQUESTED: "New accounts are not taken here.",
  EMAIL_MISSING: "The provider tells no e-mail address.",
  PROVIDER_FAULTY: "The provider's answer cannot be used.",
  PROVIDER_UNAVAILABLE: "The provider does not answer. Try again in a moment.",
  PROVIDER_TIMEOUT: "The provider took too long. Try again in a moment.",
};

/** The providers that are on, as paths have them. */
export async function providers() {
  const answer = await fetch(`${prefix}/oauth`);
  if (!answer.ok) throw await Problem.of(answer);
  /** @type {{ providers: string[] }} */
  const body = await answer.json();
  return body.providers;
}

/**
 * As people write it.
 * @param {string} provider
 */
export function providerName(provider) {
  return names[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1);
}

/**
 * Leaves the page for the provider's.
 * @param {string} provider
 */
export async function go(provider) {
  const query = new URLSearchParams({ redirect_to: location.pathname, request_sign_up: "true" });
  const challenge = await prepare();
  if (challenge) query.set("code_challenge", challenge);
  const answer = await fetch(`${prefix}/oauth/${encodeURIComponent(provider)}?${query}`);
  if (!answer.ok) throw await Problem.of(answer);
  location.assign((await answer.json()).url);
}

/**
 * What the address brings from a provider, once: it is taken out of the address and of the history.
 * @returns {{ code: string, codeVerifier: string } | { refreshToken: string } | { error: string } | undefined}
 */
export function arrival() {
  const query = new URLSearchParams(location.search);
  const fragment = new URLSearchParams(location.hash.slice(1));
  const [code, error, refreshToken] = [query.get("code"), query.get("error"), fragment.get("refreshToken")];
  if (!code && !error && !refreshToken) return undefined;
  history.replaceState(null, "", location.pathname);
  if (error) return { error: reasons[error] ?? "Signing in did not work. Try again." };
  const codeVerifier = kept();
  if (!codeVerifier) return { error: "This sign-in was begun elsewhere. Try again." };
  if (refreshToken) return { refreshToken };
  return code ? { code, codeVerifier } : undefined;
}

/** Keeps a new secret and returns its challenge; none without HTTPS, where there is no digest. */
async function prepare() {
  const verifier = base64URL(crypto.getRandomValues(new Uint8Array(32)));
  sessionStorage.setItem(secret, verifier);
  if (!crypto.subtle) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64URL(new Uint8Array(digest));
}

function kept() {
  try {
    const verifier = sessionStorage.getItem(secret) ?? undefined;
    sessionStorage.removeItem(secret);
    return verifier;
  } catch {
    return undefined;
  }
}

/** @param {Uint8Array} bytes */
function base64URL(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
