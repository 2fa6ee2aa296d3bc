using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Install;

/// <summary>What the package puts beside the program for who types at a terminal: its man page, and the tab key.</summary>
[Trait("Kit", "none")]
public sealed class TerminalTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_man_page_names_every_command_that_there_is()
    {
        var commands = await Tab("");
        Assert.Contains("setup", commands);
        var page = await File.ReadAllTextAsync(Checkout.Packaging("classcontact.1"), TestContext.Current.CancellationToken);
        var part = page[page.IndexOf(".SH COMMANDS", StringComparison.Ordinal)..page.IndexOf(".SH EXIT STATUS", StringComparison.Ordinal)];
        var named = part.Split(".TP\n").Skip(1).SelectMany(entry => entry.Split('\n')[0].Split([' ', '"', ',', '|'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(commands.Where(command => !command.StartsWith('-')).Except(named));
    }

    [Theory]
    [InlineData("sta", "status")]
    [InlineData("setup --answ", "--answers")]
    [InlineData("press st", "start")]
    [InlineData("nosuch", "")]
    public async Task A_tab_completes_what_the_program_knows(string typed, string completed) =>
        Assert.Equal(completed, string.Join(' ', (await Tab(typed)).Where(word => !word.StartsWith('-') || typed.Contains('-'))));

    // As bash asks for it, with the words it has cut the line into.
    private async Task<string[]> Tab(string typed)
    {
        var code = await ChildProcess.Run("tab", folder.Path, "bash",
            ["-c", """
                source "$1"
                words="$3."; read -ra COMP_WORDS <<<"$words"; COMP_WORDS=("$2" "${COMP_WORDS[@]}"); COMP_WORDS[-1]=${COMP_WORDS[-1]%.}
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE="classcontact $3" COMP_POINT=$((13 + ${#3}))
                compopt() { :; } # outside a completion under way it has nothing to set
                _classcontact
                printf '%s\n' "${COMPREPLY[@]}" >"$4"
                """, "tab", Checkout.Packaging("completion.bash"), AgentProcess.Program, typed, folder.File("completed")]);
        Assert.Equal(0, code);
        return (await File.ReadAllTextAsync(folder.File("completed"), TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
