using System.Diagnostics;
using System.Text;
using ClassContact.Classroom;

namespace ClassContact.Helpdesk.Tests;

/// <summary>Runs a program of the system to its end: openssl and curl judge what we made.</summary>
internal static class Shell
{
    public static async Task<(int Code, string Output, string Error)> Run(string program, IEnumerable<string> arguments, string? input = null, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "",
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(WaitFor.Generous);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Arguments as on a command line; none has a space in it.</summary>
    public static Task<(int Code, string Output, string Error)> Line(string line, string? input = null, string? folder = null) =>
        line.Split(' ') is [var program, .. var arguments] ? Run(program, arguments, input, folder) : throw new ArgumentException(line);

    /// <summary>The output of a program that must end well.</summary>
    public static async Task<string> Good(string line, string? input = null, string? folder = null)
    {
        var (code, output, error) = await Line(line, input, folder);
        Assert.True(code == 0, $"{line}: {code} {error}");
        return output;
    }
}
