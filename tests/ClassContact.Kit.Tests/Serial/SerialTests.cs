using System.Runtime.Versioning;
using Xunit;

namespace ClassContact.Kit.Tests.Serial;

[SupportedOSPlatform("linux")]
public sealed class SttyTests() : SerialContract("stty")
{
    [Fact]
    public async Task A_device_that_is_pulled_out_ends_the_read()
    {
        await using var line = await Open();
        var reading = line.ReadAsync(new byte[1]).AsTask();
        Pty.Dispose();
        try
        {
            Assert.Equal(0, await reading.WaitAsync(TimeSpan.FromSeconds(20)));
        }
        catch (IOException)
        {
            // The kernel says "input/output error" to some, the end to others.
        }
    }
}

[SupportedOSPlatform("linux")]
public sealed class SystemIoPortsTests() : SerialContract("System.IO.Ports");
