using System.Diagnostics;
using System.Globalization;
using ClassContact.Classroom;

namespace ClassContact.KitBench;

/// <summary>What a machine was told and what it said, with times, among the artifacts of the tests.</summary>
internal sealed class Diary
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock one = new();

    /// <summary>Where it lies, and what else is kept of the machine.</summary>
    public string Folder { get; } = Artifacts.Folder("machine");

    /// <summary>Carries out a command and writes down both.</summary>
    public async Task<Answer> Write(string command, Func<Task<Answer>> run)
    {
        var began = watch.Elapsed;
        Append($"{began.TotalSeconds,7:0.0}  {command}");
        try
        {
            var answer = await run();
            Append($"{watch.Elapsed.TotalSeconds,7:0.0}  after {(watch.Elapsed - began).TotalSeconds:0.0} s, code {answer.Code}: {answer.Output.TrimEnd()}");
            return answer;
        }
        catch (Exception e)
        {
            Append($"{watch.Elapsed.TotalSeconds,7:0.0}  after {(watch.Elapsed - began).TotalSeconds:0.0} s: {e.Message}");
            throw;
        }
    }

    /// <summary>Keeps these files of the machine, too.</summary>
    public void Keep(params string[] files)
    {
        foreach (var file in files.Where(File.Exists)) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
    }

    private void Append(FormattableString line)
    {
        lock (one) File.AppendAllText(Path.Combine(Folder, "commands.log"), line.ToString(CultureInfo.InvariantCulture) + "\n");
    }
}
