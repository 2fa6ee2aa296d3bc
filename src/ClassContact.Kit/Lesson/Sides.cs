using ClassContact.Kit.Call;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Lesson;

/// <summary>Whose trouble a state is, until the call's machine says so itself.</summary>
internal static class Sides
{
    internal static Side? Of(CallState state) => state switch
    {
        Joining { Recovers: null, LastCause: null } => null,
        Joining { Recovers: Cause.PageNotLoaded or Cause.WrongPage } or Joining { Recovers: null, LastCause: Cause.PageNotLoaded or Cause.WrongPage } => Side.Network,
        Joining { Recovers: Cause.NotJoined } or Joining { Recovers: null, LastCause: Cause.NotJoined } => Side.Meeting,
        Joining => Side.Ours,
        _ => null,
    };
}
