using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Words;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Kits;

/// <summary>One kit in the list: its certificate, its code, its room. Never the link.</summary>
internal static class KitLine
{
    /// <summary>As one line with tabs.</summary>
    public static string Of(KitRecord record, RoomLink? link, DateTimeOffset now)
    {
        var last = record.Newest ?? (record.Certificates is [.., var newest] ? newest : null);
        var certificate = last switch
        {
            null => HelpdeskWords.Say("kits.none"),
            { Revoked: { } at } => HelpdeskWords.Say("kits.revoked", ("date", Date(at))),
            _ when last.Until <= now => HelpdeskWords.Say("kits.expired", ("date", Date(last.Until))),
            _ => HelpdeskWords.Say("kits.valid", ("date", Date(last.Until))),
        };
        var untold = record.IsUntold(now) ? HelpdeskWords.Say("kits.untold", ("date", Date(record.UntoldSince!.Value))) : "";
        var code = record.Code switch
        {
            null or { UsedBy: not null } => "",
            { Wrong: >= OneTimeCode.MostWrong } => HelpdeskWords.Say("kits.code-blocked"),
            var c when c.Expires <= now => HelpdeskWords.Say("kits.code-expired"),
            var c => HelpdeskWords.Say("kits.code", ("date", Date(c.Expires))),
        };
        return string.Join('\t', new[] { record.Kit, certificate, untold, code, link?.Room ?? HelpdeskWords.Say("kits.no-link") }.Where(part => part.Length > 0));
    }

    private static string Date(DateTimeOffset at) => $"{at:yyyy-MM-dd}";
}
