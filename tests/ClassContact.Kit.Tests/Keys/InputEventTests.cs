using ClassContact.Kit.Keys;
using Xunit;

namespace ClassContact.Kit.Tests.Keys;

public class InputEventTests
{
    [Fact]
    public void Bytes_as_a_64_bit_kernel_sends_them_are_read()
    {
        // A press of F9 at 1234.567890 s, as evtest's raw dump shows it.
        var bytes = Convert.FromHexString("D204000000000000" + "52AA080000000000" + "0100" + "4300" + "01000000");
        Assert.True(InputEvent.TryRead(bytes, out var e));
        Assert.Equal(new(InputEvent.Key, 67, 1, TimeSpan.FromMicroseconds(1_234_567_890)), e);
    }

    [Theory]
    [InlineData(-1, 0, 1, 67, 1)]
    [InlineData(long.MaxValue, 0, 1, 67, 1)]
    [InlineData(1, 1_000_000, 1, 67, 1)]
    [InlineData(1, -1, 1, 67, 1)]
    [InlineData(1, 0, 0x20, 0, 0)]
    [InlineData(1, 0, 1, 0x300, 1)]
    [InlineData(1, 0, 1, 67, 3)]
    [InlineData(1, 0, 1, 67, -1)]
    public void What_no_kernel_sends_is_refused(long seconds, long micros, int type, int code, int value)
    {
        byte[] bytes =
        [
            .. BitConverter.GetBytes(seconds), .. BitConverter.GetBytes(micros),
            .. BitConverter.GetBytes((ushort)type), .. BitConverter.GetBytes((ushort)code), .. BitConverter.GetBytes(value),
        ];
        Assert.False(InputEvent.TryRead(bytes, out _));
    }
}
