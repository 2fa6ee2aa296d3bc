using ClassContact.Kit.Call;

namespace ClassContact.Kit.Browser;

/// <summary>How a joined page's connections stand, look after look.</summary>
/// <param name="throughServer">Sound and picture go by the meeting's server, so that a broken connection is one to the meeting.</param>
internal sealed class PageLinkJudge(bool throughServer)
{
    /// <summary>For a page to open its socket again by itself; socket.io's first tries come after 1, 2 and 5 s.</summary>
    internal static readonly TimeSpan SocketMayReturn = TimeSpan.FromSeconds(8);

    private TimeSpan? socketGone;

    /// <summary>Judges a look.</summary>
    internal PageLink Judge(Look look, TimeSpan now)
    {
        socketGone = look.Sockets == 0 ? socketGone ?? now : null;
        var areMediaBroken = look.Broken && !look.Connected;
        if (now - socketGone >= SocketMayReturn)
            return areMediaBroken ? PageLink.MeetingGone : PageLink.MeetingBroken;
        if (!areMediaBroken)
            return PageLink.Fine;
        return throughServer ? PageLink.MeetingBroken : PageLink.PeerBroken;
    }
}
