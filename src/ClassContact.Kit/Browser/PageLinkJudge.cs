using ClassContact.Kit.Call;

namespace ClassContact.Kit.Browser;

/// <summary>How a joined page's connections stand, look after look.</summary>
/// <param name="throughServer">Sound and picture go by the meeting's server, so that a broken connection is one to the meeting.</param>
/// <param name="showsJoined">The meeting's description says what is there only once the page has joined.</param>
internal sealed class PageLinkJudge(bool throughServer, bool showsJoined)
{
    /// <summary>For a page to open its socket again by itself; socket.io's first tries come after 1, 2 and 5 s.</summary>
    internal static readonly TimeSpan SocketMayReturn = TimeSpan.FromSeconds(8);

    /// <summary>The same where sound and picture are broken, too: two tries, and a kit that wakes up has to tell the truth within 10 s.</summary>
    internal static readonly TimeSpan AllMayReturn = TimeSpan.FromSeconds(5);

    /// <summary>For a page that has left the meeting, or has loaded itself anew, to be in it again by itself. As long as the last of those tries.</summary>
    internal static readonly TimeSpan PageMayReturn = TimeSpan.FromSeconds(5);

    private TimeSpan? socketGone;
    private TimeSpan? left;

    /// <summary>Judges a look.</summary>
    internal PageLink Judge(Look look, TimeSpan now)
    {
        socketGone = look.Sockets == 0 ? socketGone ?? now : null;
        left = HasLeft(look) ? left ?? now : null;
        var areMediaBroken = look.Broken && !look.Connected;
        if (areMediaBroken && now - socketGone >= AllMayReturn)
            return PageLink.MeetingGone;
        if (now - socketGone >= SocketMayReturn || now - left >= PageMayReturn)
            return PageLink.MeetingBroken;
        if (!areMediaBroken)
            return PageLink.Fine;
        return throughServer ? PageLink.MeetingBroken : PageLink.PeerBroken;
    }

    // A page that reloads itself may end in a login, or at the door. One whose devices were unplugged has not left, whatever it shows then.
    private bool HasLeft(Look look) => look is { Joined: false, Live: Tracks.None, Ended: Tracks.None } && (showsJoined || look is { CameraAt: null, MicrophoneAt: null });
}
