using System.Globalization;

namespace ClassContact.Classroom;

/// <summary>All processes of one session, setsid(2): a tool and what it started, whatever group that made for itself.</summary>
internal static class ProcessSession
{
    /// <summary>Sends a signal to each; children that come up meanwhile get it, too.</summary>
    public static void Send(int session, Signal signal)
    {
        HashSet<int> reached = [];
        while (Members(session).Where(reached.Add).ToList() is { Count: > 0 } more)
            more.ForEach(id => _ = SignalNative.Send(id, signal));
    }

    private static IEnumerable<int> Members(int session) =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(id => SessionOf(id) == session);

    // proc_pid_stat(5): the session is the sixth field; the second, a name in brackets, may hold anything.
    private static int? SessionOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it ended while we looked
        }
    }
}
