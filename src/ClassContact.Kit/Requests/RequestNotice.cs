using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Requests;

/// <summary>What the room reads while something is done for the helpdesk.</summary>
public static class RequestNotice
{
    /// <summary>The line.</summary>
    /// <param name="doing">The request's name (<see cref="RequestDesk.Doing"/>).</param>
    /// <param name="words">The language.</param>
    public static ScreenLine Of(string doing, Words words) => new(Mood.Working, words[$"request.{doing}"]);
}
