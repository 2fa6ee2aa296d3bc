using System.Diagnostics;
using System.Runtime.Versioning;
using ClassContact.Kit.Browser;
using Xunit;

namespace ClassContact.Kit.Tests.Browser;

[SupportedOSPlatform("linux")]
public sealed class FifoTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-fifo-").FullName;

    private string Pipe => Path.Combine(folder, "cdp.in");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_pipe_that_somebody_holds_is_written_and_one_that_nobody_holds_is_none()
    {
        Process.Start("mkfifo", Pipe).WaitForExit();
        Assert.Null(Fifo.ToBrowser(Pipe));
        using var browser = new FileStream(Pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var pipe = Fifo.ToBrowser(Pipe);
        pipe!.Write([7], TimeSpan.FromSeconds(10));
        Assert.Equal(7, browser.ReadByte());
    }

    // The folder belongs to the browser's user.
    [Fact]
    public void A_link_to_a_file_of_ours_in_the_place_of_a_pipe_is_refused_and_the_file_stays_as_it_is()
    {
        var key = Path.Combine(folder, "kit.key");
        File.WriteAllText(key, "secret");
        File.CreateSymbolicLink(Pipe, key);
        Assert.Contains("is no pipe", Assert.Throws<UnauthorizedAccessException>(() => Fifo.ToBrowser(Pipe)).Message, StringComparison.Ordinal);
        Assert.Throws<UnauthorizedAccessException>(() => Fifo.FromBrowser(Pipe));
        Assert.Equal("secret", File.ReadAllText(key));
    }
}
