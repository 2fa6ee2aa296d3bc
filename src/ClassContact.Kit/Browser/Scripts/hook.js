// Runs before the meeting's own scripts, in their world: remembers which tracks, connections and sockets the page makes, and when its camera and
// microphone opened; holds the microphone back while the room has muted it, whatever the page wants; and lets a page have one device without the
// other. It keeps no image, no sound and no address. The browser's own menu of the right button stays shut.
((muted) => {
  const key = Symbol.for("classcontact");
  let room = window;
  try {
    if (window.top[key]) room = window.top; // a frame of the same site counts with the page it is in
  } catch { /* a frame of another site stays on its own */ }
  const seen = room[key] ?? {
    tracks: [], connections: [], sockets: [], hadSocket: false, muted, ended: { video: false, audio: false }, cameraAt: null, microphoneAt: null, refused: null,
  };
  if (!room[key]) Object.defineProperty(room, key, { value: seen });
  const hooked = Symbol.for("classcontact-hooked");
  if (window[hooked]) return void seen.mute(muted); // run once more, by a later word of the agent's
  Object.defineProperty(window, hooked, { value: true });
  addEventListener("contextmenu", (e) => e.preventDefault(), true); // a curious hand finds the developer tools there

  // What the page sets as `enabled` is its wish: kept, given back, and carried out while the room is not muted.
  const track = globalThis.MediaStreamTrack?.prototype;
  const enabled = track && Object.getOwnPropertyDescriptor(track, "enabled");
  const wishes = seen.wishes ??= new WeakMap();
  const carryOut = (t) => enabled.set.call(t, wishes.get(t) && !seen.muted);
  seen.isHeard ??= (t) => enabled.get.call(t);
  seen.mute ??= (on) => {
    seen.muted = on;
    seen.tracks.filter((t) => wishes.has(t)).forEach(carryOut);
  };
  seen.stop ??= () => {
    seen.tracks.forEach((t) => t.stop());
    return seen.tracks.filter((t) => t.readyState === "live").length;
  };

  const now = () => performance.timeOrigin + performance.now();
  const note = (t, wish = true) => {
    if (seen.tracks.includes(t)) return;
    seen.tracks = seen.tracks.filter((old) => old.readyState === "live").concat(t);
    seen.ended[t.kind] = false;
    t.addEventListener("ended", () => (seen.ended[t.kind] = true)); // comes when the system ends it, never when the page stops it
    if (t.kind === "video") seen.cameraAt ??= now();
    else {
      seen.microphoneAt ??= now();
      wishes.set(t, wish);
      carryOut(t);
    }
  };
  seen.note ??= note;

  // In the place of a device that is not there: many pages ask for both and go no further without one. They count for nothing of ours.
  const blanks = seen.blanks ??= new WeakSet();
  const blank = {
    audio: () => (seen.silence ??= new AudioContext()).createMediaStreamDestination().stream.getAudioTracks()[0],
    video() {
      const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
      const black = canvas.getContext("2d");
      const [t] = canvas.captureStream().getVideoTracks();
      const paint = () => black.fillRect(0, 0, canvas.width, canvas.height);
      const timer = setInterval(() => (t.readyState === "live" ? paint() : clearInterval(timer)), 1000); // who joins later waits for a picture
      paint();
      return t;
    },
  };

  if (track) {
    Object.defineProperty(track, "enabled", {
      ...enabled,
      get() { return wishes.has(this) ? wishes.get(this) : enabled.get.call(this); },
      set(on) {
        if (!wishes.has(this)) return void enabled.set.call(this, on);
        wishes.set(this, Boolean(on));
        carryOut(this);
      },
    });
    const copy = track.clone;
    track.clone = function clone() {
      const copied = copy.call(this);
      if (seen.tracks.includes(this)) note(copied, wishes.get(this));
      if (blanks.has(this)) blanks.add(copied);
      return copied;
    };
    const stream = MediaStream.prototype;
    const copyStream = stream.clone;
    stream.clone = function clone() {
      const copied = copyStream.call(this);
      for (const kind of ["getAudioTracks", "getVideoTracks"]) {
        const of = copied[kind]();
        this[kind]().forEach((t, i) => {
          if (seen.tracks.includes(t) && of[i]) note(of[i], wishes.get(t));
          if (blanks.has(t) && of[i]) blanks.add(of[i]);
        });
      }
      return copied;
    };
  }

  const devices = globalThis.MediaDevices?.prototype;
  if (devices) {
    const ask = devices.getUserMedia;
    const open = async (of, ...wanted) => {
      try {
        const stream = await ask.apply(of, wanted);
        stream.getTracks().forEach((t) => note(t));
        return stream;
      } catch (e) {
        seen.refused = String(e?.name);
        throw e;
      }
    };
    const isMissing = (e) => e?.name === "NotFoundError" || e?.name === "NotReadableError"; // not there; there, but of no use
    for (const old of ["getUserMedia", "webkitGetUserMedia"]) {
      if (old in Navigator.prototype) {
        Navigator.prototype[old] = function getUserMedia(wanted, done, failed) {
          this.mediaDevices.getUserMedia(wanted).then(done, failed);
        };
      }
    }
    devices.getUserMedia = async function getUserMedia(...wanted) {
      try {
        return await open(this, ...wanted);
      } catch (e) {
        if (!isMissing(e)) throw e;
      }
      const stream = new MediaStream();
      for (const kind of ["audio", "video"].filter((k) => wanted[0]?.[k])) {
        try {
          (await open(this, { [kind]: wanted[0][kind] })).getTracks().forEach((t) => stream.addTrack(t));
        } catch (e) {
          if (!isMissing(e)) {
            stream.getTracks().forEach((t) => t.stop()); // nobody gets them
            throw e;
          }
          const t = blank[kind]();
          if (e.name === "NotFoundError") seen.ended[t.kind] = true; // over before it began: once the device is there the page has to ask again
          blanks.add(t);
          stream.addTrack(t);
        }
      }
      return stream;
    };
  }

  const watch = (name, noted) => {
    const Native = globalThis[name];
    if (Native) globalThis[name] = new Proxy(Native, { construct: (target, wanted, newTarget) => noted(Reflect.construct(target, wanted, newTarget)) });
  };
  watch("RTCPeerConnection", (connection) => {
    seen.made = (seen.made ?? 0) + 1;
    seen.connections = seen.connections.filter((c) => c.deref()?.connectionState !== "closed").concat(new WeakRef(connection));
    return connection;
  });
  watch("WebSocket", (socket) => {
    seen.sockets = seen.sockets.filter((s) => (s.deref()?.readyState ?? WebSocket.CLOSED) <= WebSocket.OPEN).concat(new WeakRef(socket));
    socket.addEventListener("open", () => (seen.hadSocket = true), { once: true });
    return socket;
  });
})
