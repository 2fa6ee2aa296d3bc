using ClassContact.Mqtt.Mosquitto;

namespace ClassContact.Mqtt.Tests.Mosquitto;

public sealed class PacketSieveTests
{
    /// <summary>What a broker may send, by MQTT 5's own chapters.</summary>
    [Theory]
    [InlineData("2003000000")] // CONNACK
    [InlineData("2006000003210064")] // with a receive maximum
    [InlineData("30060003612F6200")] // PUBLISH, QoS 0
    [InlineData("310B0003612F62002A2A2A2A2A")] // retained, with a payload
    [InlineData("32140003612F62000B0A2600016B0001760B81017474")] // QoS 1: id, user property, subscription identifier
    [InlineData("40020007")]
    [InlineData("4003000710")]
    [InlineData("62020007")] // PUBREL
    [InlineData("400400071000")]
    [InlineData("9004000100" + "01")]
    [InlineData("D000")]
    [InlineData("E000")]
    [InlineData("E0018E")]
    [InlineData("E00B8E091F000674616B656E21")] // with a reason in words
    public void What_a_broker_may_send_passes(string hex)
    {
        var packet = Convert.FromHexString(hex);
        Assert.Equal(packet.Length, Came(new(), packet));
    }

    [Theory]
    [InlineData("20020000")] // CONNACK of MQTT 3
    [InlineData("2005000002FF01")] // a property that nobody knows
    [InlineData("20050000022101")] // one that is cut short
    [InlineData("1000")] // CONNECT
    [InlineData("C000")] // PINGREQ
    [InlineData("0000")]
    [InlineData("F000")] // AUTH, unasked
    [InlineData("43020007")] // reserved flags
    [InlineData("60020007")]
    [InlineData("3603000061")] // QoS 3
    [InlineData("D00100")] // PINGRESP with something in it
    [InlineData("90030001" + "00")] // SUBACK without a reason
    [InlineData("40FFFFFF7F")] // 256 MB
    [InlineData("40FFFFFFFF")] // a length that never ends
    public void What_no_broker_may_send_does_not(string hex) => Assert.Equal(-1, Came(new(), Convert.FromHexString(hex)));

    [Fact]
    public void Packets_pass_whole_however_they_are_cut()
    {
        var two = Convert.FromHexString("2003000000" + "310B0003612F62002A2A2A2A2A");
        for (var cut = 1; cut < two.Length; cut++)
        {
            var sieve = new PacketSieve();
            var first = Came(sieve, two[..cut]);
            Assert.Equal(cut < 5 ? 0 : 5, first);
            sieve.Drop(first);
            Assert.Equal(two.Length - first, Came(sieve, two[cut..]));
            Assert.Equal(two[first..], sieve.First(two.Length - first).ToArray());
        }
    }

    [Fact]
    public void Nothing_whatever_breaks_it()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 20_000; round++)
        {
            var sieve = new PacketSieve();
            for (var portion = 0; portion < 4; portion++)
            {
                var bytes = new byte[random.Next(1, 40)];
                random.NextBytes(bytes);
                (bytes[0], bytes[^1]) = ((byte)(random.Next(2, 16) << 4), (byte)random.Next(8));
                var whole = Came(sieve, bytes);
                if (whole < 0)
                    break;
                sieve.Drop(whole);
            }
        }
    }

    private static int Came(PacketSieve sieve, byte[] bytes)
    {
        bytes.CopyTo(sieve.Room());
        return sieve.Came(bytes.Length);
    }
}
