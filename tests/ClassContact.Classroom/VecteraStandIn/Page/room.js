// The stand-in's room: questions, knocking, and a connection straight to each of the others. Its own work, by what Vectera's help pages say of theirs.
const query = new URLSearchParams(location.search);
const element = (id) => document.getElementById(id);
const show = (id, isShown = true) => { element(id).hidden = !isShown; };
const clicked = (...ids) => new Promise((done) => ids.forEach((id) => element(id).addEventListener("click", () => done(id))));

const me = crypto.randomUUID();
const others = new Map(); // id -> connection
let own = new MediaStream();
let line; // the signalling connection
let isOver = false;

const pranks = {
  PopUp: () => window.open("/elsewhere"),
  Alert: () => alert("The meeting has news."),
  Confirm: () => confirm("Do you agree?"),
  BeforeUnload: () => addEventListener("beforeunload", (e) => { e.preventDefault(); e.returnValue = "stay"; }),
  Download: () => {
    const a = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob(["minutes"])), download: "minutes.txt" });
    document.body.append(a);
    a.click();
  },
  EndlessLoop: () => setTimeout(() => { for (;;); }),
  StopCamera: () => own.getVideoTracks().forEach((t) => t.stop()),
  Leave: () => element("leave").click(),
  Reload: () => location.reload(),
};

// The browser is known by this when it returns.
function guest() {
  const known = document.cookie.match(/guest=([^;]+)/)?.[1] ?? crypto.randomUUID();
  document.cookie = `guest=${known}; path=/; max-age=86400`;
  return known;
}

async function askName() {
  if (query.get("displayName")) return query.get("displayName");
  show("ask-name");
  do await clicked("take-name"); while (!element("name").value);
  show("ask-name", false);
  return element("name").value;
}

async function askDevices() {
  if (query.get("share")) return query.get("share");
  show("ask-devices");
  const answer = await clicked("share-audiovideo", "share-audio", "share-video", "share-none");
  show("ask-devices", false);
  return answer.slice("share-".length);
}

async function openDevices(share) {
  const [audio, video] = [share.startsWith("audio"), share.endsWith("video")];
  const open = (wanted) => navigator.mediaDevices.getUserMedia(wanted).catch(() => { show("no-devices"); return null; });
  if (!audio && !video) return new MediaStream();
  const both = await open({ audio, video });
  if (both || !(audio && video)) return both ?? new MediaStream();
  const parts = [await open({ audio }), await open({ video })]; // one without the other is better than neither
  return new MediaStream(parts.flatMap((p) => p?.getTracks() ?? []));
}

const say = (word) => { if (line?.readyState === WebSocket.OPEN) line.send(JSON.stringify(word)); };

function connectLine(name, pause = 500) {
  line = new WebSocket(`${location.origin.replace("http", "ws")}/signalling`);
  line.onopen = () => {
    pause = 500;
    say({ type: "enter", id: me, name, key: query.get("key"), guest: guest() });
  };
  line.onmessage = ({ data }) => hear(JSON.parse(data));
  line.onclose = () => {
    if (isOver) return;
    show("reconnecting");
    setTimeout(connectLine, pause, name, Math.min(pause * 2, 4000));
  };
}

function hear(word) {
  switch (word.type) {
    case "knocking":
      show("knocking");
      break;
    case "entered":
      entered(word.others);
      break;
    case "came":
      connection(word.id).came();
      break;
    case "left":
      others.get(word.id)?.close();
      break;
    case "signal":
      void connection(word.from).hear(word.signal);
      break;
    case "prank":
      pranks[word.prank]();
      break;
  }
  show("alone", others.size === 0);
}

function entered(present) {
  show("knocking", false);
  show("reconnecting", false);
  show("stage");
  for (const [id, known] of others) if (!present.includes(id)) known.missed();
  for (const id of present) void connection(id).offer(true); // who comes, also back, calls the others
}

const connection = (id) => others.get(id) ?? connect(id);

function connect(id) {
  const peer = new RTCPeerConnection({ iceServers: [] });
  const picture = Object.assign(document.createElement("video"), { autoplay: true, playsInline: true, srcObject: new MediaStream() });
  let missing;
  const give = (signal) => say({ type: "signal", to: id, signal });
  own.getTracks().forEach((t) => peer.addTrack(t, own));
  for (const kind of ["audio", "video"]) if (!own.getTracks().some((t) => t.kind === kind)) peer.addTransceiver(kind, { direction: "recvonly" });
  element("others").append(picture);

  const self = {
    async offer(restart) {
      clearTimeout(missing);
      if (peer.signalingState === "have-local-offer") await peer.setLocalDescription({ type: "rollback" });
      await peer.setLocalDescription(await peer.createOffer({ iceRestart: restart }));
      give({ description: peer.localDescription });
    },
    async hear({ description, candidate }) {
      try {
        if (candidate) {
          await peer.addIceCandidate(candidate);
        } else if (description.type === "offer") {
          if (peer.signalingState !== "stable" && me > id) { // both called: the one with the smaller id gives way
            give({ description: peer.localDescription });
            return;
          }
          await peer.setRemoteDescription(description);
          await peer.setLocalDescription(await peer.createAnswer());
          give({ description: peer.localDescription });
        } else {
          await peer.setRemoteDescription(description);
        }
      } catch (e) {
        console.warn(e.name); // of a call that is not the newest
      }
    },
    came: () => clearTimeout(missing),
    missed: () => { missing = setTimeout(self.close, 15000); }, // as long as the server keeps one who vanished
    close() {
      clearTimeout(missing);
      peer.close();
      picture.remove();
      others.delete(id);
      show("alone", others.size === 0);
    },
  };
  peer.onicecandidate = ({ candidate }) => candidate && give({ candidate });
  peer.ontrack = ({ track }) => picture.srcObject.addTrack(track);
  peer.oniceconnectionstatechange = () => { if (peer.iceConnectionState === "failed" && me > id) void self.offer(true); };
  others.set(id, self);
  return self;
}

function leave() {
  isOver = true;
  say({ type: "leave" });
  for (const other of [...others.values()]) other.close();
  line?.close();
}

const toggle = (kind) => own.getTracks().filter((t) => t.kind === kind).forEach((t) => { t.enabled = !t.enabled; });
element("mute").addEventListener("click", () => toggle("audio"));
element("camera").addEventListener("click", () => toggle("video"));
element("leave").addEventListener("click", () => {
  leave();
  own.getTracks().forEach((t) => t.stop());
  show("stage", false);
  show("left");
});
addEventListener("pagehide", leave);
document.querySelectorAll("form").forEach((f) => f.addEventListener("submit", (e) => e.preventDefault()));

(async () => {
  const name = await askName();
  own = await openDevices(await askDevices());
  element("own").srcObject = own;
  connectLine(name);
})();
