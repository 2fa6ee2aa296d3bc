using System.Globalization;

namespace ClassContact.Bench.PressToPicture;

/// <summary>
/// A control group that gets half a core: 5 ms of processor time in every 10 ms, whatever else the machine does. tests/bench/run makes it, as root,
/// and names its folder.
/// </summary>
internal sealed class HalfCore
{
    private readonly string processes;

    private HalfCore(string folder) => processes = Path.Combine(folder, "cgroup.procs");

    /// <summary>The group; null where the machine allows none.</summary>
    public static HalfCore? Find() =>
        Environment.GetEnvironmentVariable("CLASSCONTACT_HALF_CORE") is { Length: > 0 } folder ? new(folder) : null;

    /// <summary>Puts a process into the group, as a shell would; what it starts from then on is born there.</summary>
    public string Enter => $"echo $$ > {processes} && ";

    /// <summary>Puts all processes of these sessions into the group.</summary>
    /// <exception cref="IOException">Some stay outside.</exception>
    public void Take(params IReadOnlyCollection<int> sessions)
    {
        for (var round = 0; round < 10; round++)
        {
            var inside = File.ReadAllLines(processes).Select(Parse).ToHashSet();
            var outside = ProcessesOf(sessions).Where(id => !inside.Contains(id)).ToList();
            if (outside.Count == 0)
                return;
            foreach (var id in outside)
                Move(id);
        }
        throw new IOException($"{processes}: not all processes of the kit could be put into the group");
    }

    private void Move(int id)
    {
        try
        {
            File.WriteAllText(processes, id.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException) when (!Directory.Exists($"/proc/{id}"))
        {
            // It ended meanwhile.
        }
    }

    private static IEnumerable<int> ProcessesOf(IReadOnlyCollection<int> sessions)
    {
        foreach (var name in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => char.IsAsciiDigit(n![0])))
        {
            if (sessions.Contains(SessionOf(name!)))
                yield return Parse(name!);
        }
    }

    // proc(5): the session is the fourth after the name in brackets.
    private static int SessionOf(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3]);
        }
        catch (IOException)
        {
            return 0; // it ended meanwhile
        }
    }

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);
}
