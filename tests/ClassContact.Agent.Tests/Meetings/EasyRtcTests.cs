using ClassContact.Classroom;
using ClassContact.Classroom.EasyRtc;
using Xunit;

namespace ClassContact.Agent.Tests.Meetings;

/// <summary>A class in open-easyrtc's multiparty demo.</summary>
public sealed class EasyRtcTests : MeetingContract
{
    private protected override Func<Task<IMeeting>> OpenMeeting => async () =>
    {
        Assert.SkipUnless(EasyRtcMeeting.IsInstalled, "not run: npm had no open-easyrtc (tests/ClassContact.Classroom/EasyRtc/install)");
        return await EasyRtcMeeting.Open(Artifacts.Folder(TestContext.Current.TestMethod!.MethodName));
    };
}
