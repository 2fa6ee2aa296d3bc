using System.CommandLine;
using System.Text.Json;
using ClassContact.Agent.Config;
using ClassContact.Agent.Words;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace ClassContact.Agent.Lessons;

/// <summary><c>classcontact lessons</c>: how the last lessons on this kit went. It reads the kit's files; no agent is needed.</summary>
internal static class LessonsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = CliWords.Say("lessons.help.json") };
        var settings = SettingsOption.Create();
        var command = new Command("lessons", CliWords.Say("lessons.help")) { json, settings };
        command.SetAction(parsed => Run(parsed.GetValue(settings)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string settings, bool json)
    {
        // Where the lessons are matters alone: a kit whose meeting is wrong has lessons, too.
        if (!Setup.TryReadFolders(settings, out var folders, out var problems))
            return ConfigCommand.Tell(problems);
        var data = folders.Data;
        try
        {
            var lessons = new LessonFolder(data, TimeProvider.System, NullLogger.Instance).Read();
            if (json)
                Console.WriteLine(JsonSerializer.Serialize(lessons, LessonsJson.Default.IReadOnlyListLessonRecord));
            else if (lessons.Count > 0)
                AnsiConsole.Write(LessonTable.Of(lessons));
            else
                Console.Error.WriteLine($"classcontact: {CliWords.Say("lessons.none", ("folder", data))}");
            return lessons.Count > 0 ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"classcontact: {CliWords.Say("lessons.folder", ("folder", data), ("reason", e.Message))}");
            return ExitCode.Failed;
        }
    }
}
