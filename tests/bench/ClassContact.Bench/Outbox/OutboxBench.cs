using System.Globalization;
using ClassContact.Bench.Footprint;
using ClassContact.Classroom.Ledger;

namespace ClassContact.Bench.Outbox;

/// <summary>How fast events go through the outbox on the disk of the checkout, and how long 10,000 take when the broker is back.</summary>
internal static class OutboxBench
{
    private const int Events = 10_000;

    public static async Task<int> Run(string folder, string[] words)
    {
        if (words is not [])
        {
            Console.Error.WriteLine("usage: tests/bench/run outbox");
            return 2;
        }
        Console.WriteLine(Machine.Look());
        var pace = await OutboxPace.Measure(folder, Events);
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            onto the disk, as fast as it takes them     {pace.ToDisk:0} events/s
            onto the disk, a flush for each             {pace.OneByOne:0} events/s
            the file with {Events} events                {pace.FileBytes / 1e6:0.0} MB
            {Events} events to a broker that is back     {pace.Drain.TotalSeconds:0.0} s
            told to acknowledged, 100 in flight         {pace.Through:0} events/s
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "outbox.txt"), text + "\n");
        Console.WriteLine(text);
        return 0;
    }
}
