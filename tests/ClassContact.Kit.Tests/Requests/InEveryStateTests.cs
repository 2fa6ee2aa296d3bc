using ClassContact.Kit.Call;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Tests.Call;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Requests;

/// <summary>Promise 2, for requests: every request, and every hostile body, in every state that the call's machine gets into.</summary>
public sealed class InEveryStateTests
{
    private static readonly Dictionary<bool, List<string>> Done = new()
    {
        [false] = DoneIn(new(IsInCall: false, SinceClass: null, IsSchoolTime: true)), [true] = DoneIn(new(IsInCall: true, TimeSpan.Zero, IsSchoolTime: true)),
    };

    [Fact]
    public void No_request_opens_or_ends_a_class_or_touches_its_microphone_in_any_state() => Script.Holds(script => script.Play((_, _, played) =>
    {
        foreach (var name in Done[played.State is Consented or Ending])
        {
            var call = Follow(name, played.Copy());
            var commands = call.AllCommands.Skip(played.AllCommands.Count).ToList();
            Assert.DoesNotContain(commands, command => command is OpenMeeting or SetMute or KeepConsent);
            if (played.Consent is null)
                Assert.DoesNotContain(commands, command => command is WatchMeeting);
            // What the room itself has just ended stays ended: a restart does not wait for three seconds in which it may be undone.
            var isEnded = name is RequestName.ReloadSettings && played.Consent is { EndAsked: true };
            Assert.Equal(isEnded ? null : played.Consent?.Receipt.Id, call.Consent?.Receipt.Id);
            Assert.Equal(call.Consent is not null, call.State is Consented);
        }
    }));

    [Fact]
    public void At_standby_all_are_done_and_in_a_class_those_that_it_does_not_notice()
    {
        Assert.Equal(RequestName.All.Order(), Done[false].Order());
        Assert.Equal(["refresh-link", "send-bundle", "set-log-level", "show-message"], Done[true].Order());
    }

    // What the rest of the kit, and the call's machine in the end, gets to see of a deed.
    private static CallRun Follow(string name, CallRun call) => name switch
    {
        RequestName.RestartBrowser => call.On(new BrowserGone()).On(new BrowserAttached()).On(new StandbyShown()),
        RequestName.ReloadSettings => call.Restart(),
        RequestName.Reboot => call.Restart().On(new BrowserAttached()).On(new StandbyShown()), // without a consent: else it is not done
        _ => call,
    };

    private static List<string> DoneIn(Situation situation)
    {
        List<string> done = [];
        foreach (var name in RequestName.All)
        {
            var gate = new RequestGate(RequestName.All, RequestBook.Empty, "boot-1");
            foreach (var (_, body) in Asked.Hostile(name, "a").Append(("as it should be", Asked.Payload(name, "b"))))
            {
                var step = gate.Hear(new(name, body, false), Asked.Moment(situation));
                if (step.Do is { } wanted)
                    done.Add(wanted.Name);
                gate = step.Gate;
            }
        }
        return [.. done.Distinct()];
    }
}
