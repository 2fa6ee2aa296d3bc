using ClassContact.Kit.Call;

namespace ClassContact.Kit.Browser;

/// <summary>Show the technician's page: not the call's to want, and given up for whatever it wants.</summary>
internal sealed record ShowDoorPage : CallCommand;
