using ClassContact.Kit.Call;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Tests.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Enrolment;

public class LinkNoticeTests
{
    private static readonly Words French = Words.Of("fr");

    [Fact]
    public void The_room_reads_the_label_and_the_key() =>
        Assert.Equal("Nouvelle classe\u00a0: 6e A. Si c’est bien ici, gardez la touche F10 enfoncée une seconde", LinkNotice.Of("6e A", new CallState.Standby(), "F10", French)!.Text);

    [Fact]
    public void Nobody_is_asked_in_a_class_or_when_nothing_waits()
    {
        Assert.Null(LinkNotice.Of(null, new CallState.Standby(), "F10", French));
        Assert.All(Situations.All().Where(state => state is not CallState.Standby), state => Assert.Null(LinkNotice.Of("6e A", state, "F10", French)));
    }
}
