// What the page tells of the call: numbers and yes or no.
(async (joined, empty) => {
  const seen = window[Symbol.for("classcontact")];
  const connections = (seen?.connections ?? []).map((c) => c.deref()).filter((c) => c && c.connectionState !== "closed");
  const tracks = [...new Set((seen?.tracks ?? []).concat(connections.flatMap((c) => c.getSenders().map((s) => s.track)).filter((t) => t && !seen?.blanks?.has(t))))];
  for (const t of tracks) if (t.kind === "audio" && t.readyState === "live") seen?.note?.(t, t.enabled); // however the page came by it, mute holds it too
  const live = (kind) => tracks.filter((t) => t.kind === kind && t.readyState === "live");
  const isThere = (selector) => document.querySelector(selector)?.checkVisibility() === true;
  const [camera, microphone] = [live("video").length > 0, live("audio").length > 0];
  // Which devices there are is asked only while one is missed; it opens none.
  const listed = camera && microphone ? null : await navigator.mediaDevices?.enumerateDevices().catch(() => null);
  const ours = live("audio").filter((t) => seen?.tracks.includes(t));
  let received = 0;
  for (const connection of connections) {
    for (const part of (await connection.getStats()).values()) {
      if (part.type === "inbound-rtp") received += part.packetsReceived ?? 0;
    }
  }
  return {
    hooked: seen !== undefined,
    loaded: document.readyState !== "loading",
    host: location.hostname,
    status: performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0,
    joined: joined ? isThere(joined) : camera || microphone || Boolean(seen?.cameraAt ?? seen?.microphoneAt), // a broken camera must not look like a closed room
    camera,
    microphone,
    cameraAt: seen?.cameraAt ?? null,
    microphoneAt: seen?.microphoneAt ?? null,
    cameraEnded: !camera && seen?.ended?.video === true,
    microphoneEnded: !microphone && seen?.ended?.audio === true,
    cameraListed: listed?.some((d) => d.kind === "videoinput") ?? null,
    microphoneListed: listed?.some((d) => d.kind === "audioinput") ?? null,
    refused: seen?.refused ?? null,
    muted: ours.length && seen.isHeard ? ours.every((t) => !seen.isHeard(t)) : null,
    connected: connections.some((c) => c.connectionState === "connected"),
    broken: connections.some((c) => c.connectionState === "disconnected" || c.connectionState === "failed"),
    sockets: seen?.hadSocket ? seen.sockets.filter((s) => s.deref()?.readyState === WebSocket.OPEN).length : null,
    empty: empty ? isThere(empty) : null,
    received,
    counters: await counters(connections),
  };
})
