using ClassContact.Kit.Enrolment;
using ClassContact.Messages.Enrolling;
using Xunit;

namespace ClassContact.Kit.Tests.Enrolment;

public class LinkDecisionTests
{
    private static readonly RoomLink A = new("5e B", "https://meet.example.org/a");
    private static readonly RoomLink OtherKey = A with { Link = "https://meet.example.org/b" };
    private static readonly RoomLink OtherRoom = A with { Room = "6e A" };

    public static TheoryData<RoomLink?, RoomLink?, RoomLink?, object> Table => new()
    {
        { A, null, A, LinkStep.Nothing },
        { A, null, OtherKey, LinkStep.Wait },
        { A, null, OtherRoom, LinkStep.Wait },
        { null, null, A, LinkStep.Wait }, // the first one, too, is confirmed
        { A, OtherKey, OtherKey, LinkStep.Nothing },
        { A, OtherKey, OtherRoom, LinkStep.Wait },
        { A, OtherKey, A, LinkStep.Forget }, // somebody took it back
        { A, OtherKey, null, LinkStep.Forget },
        { A, null, null, LinkStep.Nothing }, // a link in use is never taken away
        { null, null, null, LinkStep.Nothing },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void An_offered_link_waits_when_it_is_new_and_is_never_used_at_once(RoomLink? inUse, RoomLink? waiting, RoomLink? offered, object step) =>
        Assert.Equal(step, LinkDecision.Of(inUse, waiting, offered));
}
