namespace ClassContact.Kit.Requests;

/// <summary>A line from the helpdesk for the room.</summary>
/// <param name="Id">The request's, to say that it was shown.</param>
/// <param name="Text">Plain text on one line, at most <see cref="Messages.ShowMessage.Longest"/> characters. To be shown, never to be logged.</param>
public sealed record HelpdeskMessage(string Id, string Text);
