using System.Collections.Concurrent;
using System.Reflection;
using ClassContact.Agent.Tests.Privacy;
using ClassContact.Agent.Tests.Sound;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: WholeRun.Notes]
[assembly: TestCollectionOrderer(typeof(WholeRun.Order))]

namespace ClassContact.Agent.Tests.Privacy;

/// <summary>Which tests of this assembly have run, so that a part of them is not taken for the whole.</summary>
internal static class WholeRun
{
    /// <summary>The collection that runs after all others.</summary>
    internal const string Last = "last, about all the others";

    private static readonly ConcurrentDictionary<string, bool> Ran = [];

    /// <summary>The tests that have not run, but for the last collection's own; for the long ones and those without a whole kit, which run apart; and for
    /// those of sound: they tell no broker anything, and a build holds only one of the two libraries.</summary>
    internal static IReadOnlyList<string> Left =>
    [
        .. from type in typeof(WholeRun).Assembly.GetTypes()
           where !type.IsAbstract && type.GetCustomAttribute<CollectionAttribute>()?.Name != Last && !type.IsAssignableTo(typeof(SoundContract))
           from method in type.GetMethods()
           where !RunsApart(type) && !RunsApart(method) && method.GetCustomAttributes().Any(attribute => attribute is IFactAttribute) && !Ran.ContainsKey(Name(type, method))
           select Name(type, method),
    ];

    private static bool RunsApart(MemberInfo member) =>
        member.GetCustomAttributes<TraitAttribute>().Any(trait => trait is { Name: "Length", Value: "long" } or { Name: "Kit", Value: "none" });

    private static string Name(Type type, MethodInfo method) => $"{type.Name}.{method.Name}";

    /// <summary>Notes every test that runs.</summary>
    [AttributeUsage(AttributeTargets.Assembly)]
    internal sealed class NotesAttribute : BeforeAfterTestAttribute
    {
        public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Ran[Name(methodUnderTest.ReflectedType!, methodUnderTest)] = true;
    }

    /// <summary>The given order, with the last collection last.</summary>
    internal sealed class Order : ITestCollectionOrderer
    {
        public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
            where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == Last)];
    }
}
