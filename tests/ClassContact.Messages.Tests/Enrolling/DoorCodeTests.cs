using System.Text;
using ClassContact.Messages.Enrolling;
using Xunit;

namespace ClassContact.Messages.Tests.Enrolling;

public sealed class DoorCodeTests
{
    private static readonly byte[] Master = Encoding.ASCII.GetBytes("12345678901234567890123456789012");

    // RFC 6238, appendix B: the SHA256 rows, whose secret has 32 bytes; the steps of 30 s are the counters.
    [Theory]
    [InlineData(0x1, "46119246")]
    [InlineData(0x23523EC, "68084774")]
    [InlineData(0x23523ED, "67062674")]
    [InlineData(0x273EF07, "91819424")]
    [InlineData(0x3F940AA, "90698825")]
    [InlineData(0x27BC86AA, "77737706")]
    public void A_code_is_that_of_the_RFC(long counter, string code) => Assert.Equal(code, DoorCode.Hotp(Master, counter));

    [Fact]
    public void The_counter_is_the_number_of_the_day() => Assert.Equal("46119246", DoorCode.Of(Master, new(1970, 1, 2)));

    [Fact]
    public void Another_kit_and_another_day_have_other_codes()
    {
        var (one, other) = (DoorCode.SecretOf(Master, KitId.Parse("kit-1")), DoorCode.SecretOf(Master, KitId.Parse("kit-2")));
        var day = new DateOnly(2026, 11, 22);
        Assert.Equal(one, DoorCode.SecretOf(Master, KitId.Parse("kit-1")));
        Assert.Equal(3, new[] { DoorCode.Of(one, day), DoorCode.Of(one, day.AddDays(1)), DoorCode.Of(other, day) }.Distinct().Count());
        Assert.True(DoorCode.IsRight(one, day, DoorCode.Of(one, day).Insert(4, " ")));
        Assert.False(DoorCode.IsRight(one, day.AddDays(1), DoorCode.Of(one, day)));
        Assert.False(DoorCode.IsRight(one, day, ""));
        Assert.False(DoorCode.IsRight(one, day, DoorCode.Of(one, day) + "0"));
        Assert.Throws<ArgumentException>(() => DoorCode.SecretOf(new byte[31], KitId.Parse("kit-1")));
    }

    // An independent reckoning (Python's hmac), so that the kit and the helpdesk are not only wrong together.
    [Fact]
    public void A_kits_code_is_what_another_program_computes() =>
        Assert.Equal("57571295", DoorCode.Of(DoorCode.SecretOf(Master, KitId.Parse("bxl-0042")), new(2026, 11, 22)));
}
