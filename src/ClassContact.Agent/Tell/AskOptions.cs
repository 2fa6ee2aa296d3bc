using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Agent.Tell;

/// <summary>What <c>ask</c> or <c>tell</c> was asked for.</summary>
/// <param name="Broker">Where the kit is.</param>
/// <param name="Kit">Which.</param>
/// <param name="Name">The request's name, one of <see cref="RequestName"/>.</param>
/// <param name="Write">Writes the request with its own fields.</param>
internal sealed record AskOptions(BrokerSettings Broker, KitId Kit, string Name, Func<Request, byte[]> Write)
{
    /// <summary>A line for the room.</summary>
    internal static AskOptions Tell(BrokerSettings broker, KitId kit, string text) =>
        new(broker, kit, RequestName.ShowMessage, request => Wire.WriteRequest(request, new ShowMessage(text)));

    /// <summary>
    /// How long it may take once it was accepted, others before it at their usual pace included; what waits behind a bundle for longer than two minutes the
    /// kit refuses as expired. A screen shows a line within a second, unless its
    /// browser is just being restarted, which takes a slow kit most of a minute; checks have deadlines of ten seconds each, a reboot minutes; a bundle waits
    /// two minutes at most, is made within two, and sent within the kit's own limit of ten.
    /// </summary>
    internal TimeSpan DoneMayTake => TimeSpan.FromSeconds(Name switch
    {
        RequestName.ShowMessage => 20,
        RequestName.RunDiagnosis or RequestName.Reboot => 300,
        RequestName.SendBundle => 840,
        _ => 90,
    });
}
