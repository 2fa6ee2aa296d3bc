using ClassContact.Kit.Call;
using ClassContact.Kit.Health;
using ClassContact.Kit.Quality;
using ClassContact.Messages;

namespace ClassContact.Agent.Run;

/// <summary>What goes to the helpdesk as figures: the computer's, the latest of all checks, and in a call what its page has told anyway.</summary>
/// <param name="disk">A folder on the disk that counts.</param>
/// <param name="board">What the checks have found.</param>
/// <param name="call">How the call did in the last 10 s; nothing without one.</param>
internal sealed class Figures(string disk, Func<HealthBoard> board, Func<IEnumerable<Measure>> call)
{
    private readonly HostFigures host = new(disk);
    private PageSeen? seen;

    /// <summary>The page of a call was looked at; null when there is none any more.</summary>
    public void See(PageSeen? page) => Volatile.Write(ref seen, page);

    /// <summary>The figures of this moment.</summary>
    public Metrics Read() => new([.. host.Read().Concat(Received()).Concat(call()).Concat(board().Measures).DistinctBy(figure => figure.Name)]);

    /// <summary>Those of what the child sees and hears alone.</summary>
    public Metrics ReadCall() => new([.. call().Where(QualityFigures.IsOfTheChild)]);

    private Measure[] Received() => Volatile.Read(ref seen) is { } page ? [new("classcontact.call.packets_received", page.Received, "{packet}")] : [];
}
