[assembly: CollectionBehavior(DisableTestParallelization = true)] // one machine at a time: it has two processors, and so may the computer

namespace ClassContact.KitBench.Tests.Central;

/// <summary>All stories on the one central machine.</summary>
[CollectionDefinition(Name)]
public sealed class CentralStories : ICollectionFixture<CentralMachine>
{
    public const string Name = "central";
}
