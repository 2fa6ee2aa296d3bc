using ClassContact.Kit.Call;

namespace ClassContact.Kit.Browser;

/// <summary>How a joined page's connections stand, look after look.</summary>
/// <param name="throughServer">Sound and picture go by the meeting's server, so that a broken connection is one to the meeting.</param>
/// <param name="keepsSocket">The page keeps a socket open as long as it is in the meeting.</param>
internal sealed class PageLinkJudge(bool throughServer, bool keepsSocket)
{
    /// <summary>For a page to open its socket again by itself; socket.io's first tries come after 1, 2 and 5 s.</summary>
    internal static readonly TimeSpan SocketMayReturn = TimeSpan.FromSeconds(8);

    /// <summary>The same where sound and picture are broken, too: two tries, and a kit that wakes up has to tell the truth within 10 s.</summary>
    internal static readonly TimeSpan AllMayReturn = TimeSpan.FromSeconds(5);

    /// <summary>For a page that has loaded itself anew, and may have ended in a login or at the door, to be in the meeting again by itself. As long as
    /// the last of those tries. A page that has had its devices and stopped them, without loading anew, was left by somebody, who meant it.</summary>
    internal static readonly TimeSpan PageMayReturn = TimeSpan.FromSeconds(5);

    /// <summary>For a page that sends by the meeting's server to be connected with it: well under a second here. Where no UDP comes through it never is.</summary>
    internal static readonly TimeSpan ConnectionMayTake = TimeSpan.FromSeconds(10);

    private TimeSpan? socketGone;
    private TimeSpan? unconnected;
    private TimeSpan? left;
    private double? document; // that was in the meeting

    /// <summary>Judges a look.</summary>
    internal PageLink Judge(Look look, TimeSpan now)
    {
        socketGone = keepsSocket && look.Sockets == 0 ? socketGone ?? now : null;
        if (look.Joined || document is null)
            document = look.Began;
        var isAnother = look.Began != document; // at the door its devices may be open: a preview
        left = look is { Joined: false } && (isAnother || look is { CameraAt: null, MicrophoneAt: null, Ended: Tracks.None }) ? left ?? now : null;
        unconnected = throughServer && look is { Made: > 0, Connected: false } ? unconnected ?? now : null;
        var areMediaBroken = (look.Broken && !look.Connected) || now - unconnected >= ConnectionMayTake;
        if (areMediaBroken && now - socketGone >= AllMayReturn)
            return PageLink.MeetingGone;
        if (now - socketGone >= SocketMayReturn || now - left >= PageMayReturn)
            return PageLink.MeetingBroken;
        if (areMediaBroken)
            return throughServer ? PageLink.MeetingBroken : PageLink.PeerBroken;
        return throughServer && look.Unsent ? PageLink.Unsent : PageLink.Fine;
    }
}
