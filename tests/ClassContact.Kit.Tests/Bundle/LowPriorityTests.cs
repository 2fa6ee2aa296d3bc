using ClassContact.Kit.Bundle;
using Xunit;

namespace ClassContact.Kit.Tests.Bundle;

public sealed class LowPriorityTests
{
    [Fact]
    public async Task Its_thread_gives_way_to_every_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        if (OperatingSystem.IsLinux())
            Assert.Equal("19", await LowPriority.Run(Nice));
    }

    // proc(5): the 19th field, after the name, which is in brackets.
    private static string Nice() => File.ReadAllText("/proc/thread-self/stat").Split(") ")[1].Split(' ')[16];
}
