using ClassContact.Kit.Health;
using Xunit;

namespace ClassContact.Kit.Tests.Health;

public sealed class ProcTextTests
{
    // Debian 12, two cores.
    private const string Stat = "cpu  100 5 50 800 20 0 5 10 3 0\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 1 2\n";
    private const string Dev = """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo: 999999     100    0    0    0     0          0         0   999999     100    0    0    0     0       0          0
          eth0: 1000     10    0    0    0     0          0         0   200     2    0    0    0     0       0          0
         wlan0:50 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0
        """;

    [Fact]
    public void What_the_kernel_writes_is_read()
    {
        Assert.Equal((820, 990), ProcText.Processors(Stat));
        Assert.Equal((1050, 207), ProcText.Network(Dev));
        Assert.Equal(4096, ProcText.Bytes("MemTotal:  8 kB\nMemAvailable:       4 kB\n", "MemAvailable"));
        Assert.Equal(12.5, ProcText.Uptime("12.5 20.0\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu ")]
    [InlineData("cpu  x y z a b")]
    [InlineData("VmRSS: many kB\neth0: x")]
    public void Nonsense_is_nothing(string text)
    {
        Assert.Null(ProcText.Processors(text));
        Assert.Null(ProcText.Network(text));
        Assert.Null(ProcText.Bytes(text, "VmRSS"));
        Assert.Null(ProcText.Uptime(text));
    }

    [Fact]
    public void This_computer_has_all_figures_each_once_and_one_without_proc_some()
    {
        var figures = new HostFigures("/").Read().ToList();
        Assert.Equal(figures.Count, figures.DistinctBy(f => f.Name).Count());
        Assert.InRange(figures.Single(f => f.Name == "process.memory.usage").Value, 1e6, 1e10);
        Assert.InRange(figures.Single(f => f.Name == "system.cpu.utilization").Value, 0, 1);
        Assert.InRange(figures.Single(f => f.Name == "system.filesystem.utilization").Value, 0, 1);
        Assert.Contains(new HostFigures("/nowhere", "/nowhere").Read(), f => f.Name == "process.cpu.time");
    }
}
