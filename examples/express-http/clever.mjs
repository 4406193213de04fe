// Clever's API for one district. A list is read whole, or CleverError is thrown.

import { setTimeout as sleep } from "node:timers/promises";

const API = process.env.CLEVER_API_URL ?? "https://api.clever.com";
const OAUTH = process.env.CLEVER_OAUTH_URL ?? "https://clever.com";
const CLIENT = `${process.env.CLEVER_CLIENT_ID}:${process.env.CLEVER_CLIENT_SECRET}`;
// Milliseconds between attempts; Clever recommends 1, 2, 4, 8 and 16 seconds in production.
const PAUSES = [100, 200, 400, 800, 1600];

export class CleverError extends Error {}

export class Clever {
  constructor(token) {
    this.headers = { authorization: `Bearer ${token}` };
  }

  // The token is asked for in every sync: a district may have a new one.
  static async for(district) {
    const authorization = `Basic ${Buffer.from(CLIENT).toString("base64")}`;
    const url = `${OAUTH}/oauth/tokens?owner_type=district`;
    const { data } = await get(url, { authorization });
    const granted = data.find((token) => token.owner.id === district);
    if (!granted) throw new CleverError(`Clever lists no token for district ${district}`);
    return new Clever(granted.access_token);
  }

  async all(kind) {
    const records = [];
    let path = `/v3.1/${kind}?limit=500`;
    while (path) {
      const page = await get(API + path, this.headers);
      if (!Array.isArray(page.data)) {
        throw new CleverError(`${path} was answered without a list of ${kind}`);
      }
      records.push(...page.data.map((item) => item.data));
      path = page.links.find((link) => link.rel === "next")?.uri;
    }
    return records;
  }
}

async function get(url, headers) {
  let trouble;
  for (const pause of [...PAUSES, 0]) {
    let wait = pause;
    try {
      const answer = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
      if (answer.ok) return await answer.json();
      trouble = `status ${answer.status}`;
      await answer.body?.cancel();
      if (answer.status !== 429 && answer.status < 500) break; // asking again would not help
      if (answer.status === 429) {
        const reset = Number(answer.headers.get("x-ratelimit-reset")) * 1000;
        wait = Math.min(60_000, Math.max(pause, reset - Date.now()));
      }
    } catch (error) {
      trouble = error.cause?.message ?? error.message;
    }
    if (pause) await sleep(wait);
  }
  throw new CleverError(`${url} could not be read: ${trouble}`);
}
