using ClassContact.Kit.Call;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

/// <summary>A thousand presses and faults at random, with all that follows from them, around a simulated kit.</summary>
public class StormTests
{
    [Theory]
    [InlineData(20261121)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Through_a_thousand_presses_and_faults_a_start_leads_to_an_open_class_or_a_sentence_and_nothing_opens_without_consent(int seed)
    {
        var dice = new Random(seed);
        var kit = new SimulatedKit();
        for (var i = 0; i < 1000; i++)
        {
            Move(kit, dice);
            kit.Run(dice.NextDouble() * 8);
            Assert.Equal(0, kit.OpenedWithoutConsent);
            if (kit.ClosedFor > CallTimes.Ending)
                Assert.Equal(Tracks.None, kit.Devices);
            if (i % 20 == 19)
                Reckon(kit, i);
        }
    }

    // With all that is broken to an open class or a sentence, and once all is mended to a whole class; an end closes it.
    private static void Reckon(SimulatedKit kit, int move)
    {
        kit.Press();
        Reaches(kit, seconds: 180, move, state => state is Joined or Faulted or Interrupted or Joining { IsTold: true });
        kit.Connect(isUp: true);
        kit.Plug(Tracks.Both, isIn: true);
        kit.Press();
        var patience = CallTimes.RelaunchesWithin.TotalSeconds + 60; // a device that is back may be one relaunch too many
        Reaches(kit, patience, move, state => state is Joined { Missing: Tracks.None });
        kit.On(new EndHeld());
        Reaches(kit, seconds: 15, move, state => state is Standby);
        Assert.Equal(Tracks.None, kit.Devices);
    }

    private static void Reaches(SimulatedKit kit, double seconds, int move, Func<CallState, bool> holds)
    {
        for (var waited = 0.0; !holds(kit.State); waited += 0.5)
        {
            Assert.True(waited < seconds, $"after move {move}: still {kit.State}");
            kit.Run(0.5);
        }
    }

    private static void Move(SimulatedKit kit, Random dice)
    {
        var device = dice.Next(2) == 0 ? Tracks.Camera : Tracks.Microphone;
        switch (dice.Next(14))
        {
            case < 3:
                kit.Press();
                break;
            case 3:
                kit.On(new EndAsked());
                break;
            case 4:
                kit.On(new EndHeld());
                break;
            case 5:
                kit.On(new EndTapped());
                break;
            case 6:
                kit.On(new MutePressed());
                break;
            case 7:
                kit.KillBrowser();
                break;
            case 8:
                kit.BreakPage(Cause.PageCrashed);
                break;
            case 9:
                kit.BreakPage(Cause.PageHung);
                break;
            case 10:
                kit.RestartAgent();
                break;
            case 11:
                kit.Connect(!kit.Network);
                break;
            default:
                kit.Plug(device, !kit.Plugged.HasFlag(device));
                break;
        }
    }
}
