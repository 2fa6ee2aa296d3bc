using System.Globalization;
using ClassContact.Kit.Health;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Computer;

/// <summary>A battery of the computer.</summary>
/// <param name="Percent">How full it is; null when it does not say.</param>
/// <param name="IsDischarging">True while it feeds the computer.</param>
internal sealed record Battery(int? Percent, bool IsDischarging);

/// <summary>Battery and charger as the kernel lists them.</summary>
/// <param name="hasBattery">False for a computer that was declared to have none.</param>
/// <param name="root">Where <c>sys</c> is: <c>/</c>.</param>
internal sealed class PowerSupplies(bool hasBattery, string root = "/")
{
    // UPower's defaults, PercentageLow and PercentageCritical.
    private const int Low = 20;
    private const int NearlyEmpty = 5;

    private const string DeclaredAbsent = "declared-absent";

    /// <summary>What is checked of them.</summary>
    public IReadOnlyList<Check> All =>
    [
        new("battery", Severity.Degrades, Thing.Kit, ["low", "nearly-empty", "none", "cannot-look", DeclaredAbsent], _ => Task.FromResult(LookAtBattery()))
        {
            On = Wakes.Power,
        },
        // Two minutes to move the kit to another socket: our choice.
        new("charger", Severity.Degrades, Thing.Kit, ["unplugged", "none", DeclaredAbsent], _ => Task.FromResult(LookAtCharger()))
        {
            On = Wakes.Power, Grace = TimeSpan.FromMinutes(2),
        },
    ];

    private IEnumerable<string> Supplies => SystemFile.In(Path.Combine(root, "sys/class/power_supply"));

    // A wireless mouse has a battery, too; its scope is "Device".
    private List<Battery> Batteries =>
    [
        .. Supplies.Where(supply => Tells(supply, "type") is "Battery" && Tells(supply, "scope") is not "Device" && Tells(supply, "present") is not "0")
            .Select(supply => new Battery(Percent(Tells(supply, "capacity")), Tells(supply, "status") is "Discharging")),
    ];

    private Finding LookAtBattery()
    {
        if (!hasBattery)
            return Finding.Skipped(DeclaredAbsent);
        var batteries = Batteries;
        if (batteries.Count == 0)
            return Finding.Skipped("none"); // a kit that nobody declared to be a desktop computer: no class notices
        if (batteries.Max(battery => battery.Percent) is not { } fullest)
            return Finding.CannotTell("cannot-look");
        var isDraining = batteries.Any(battery => battery.IsDischarging);
        var measure = new Measure("classcontact.battery.charge", fullest, "%", Low);
        return isDraining && fullest <= NearlyEmpty ? Finding.Fail("nearly-empty", null, measure)
            : isDraining && fullest <= Low ? Finding.Warn("low", null, measure)
            : Finding.Pass(measure);
    }

    // A charger on USB-C is of type USB. Where no charger is listed, a battery that drains says as much.
    private Finding LookAtCharger()
    {
        if (!hasBattery)
            return Finding.Skipped(DeclaredAbsent);
        var batteries = Batteries;
        if (batteries.Count == 0)
            return Finding.Skipped("none"); // it runs, so it has power; a desktop computer lists its USB-C ports as chargers that are not plugged in
        var chargers = Supplies.Where(supply => Tells(supply, "type") is "Mains" or "USB" && Tells(supply, "scope") is not "Device").Select(supply => Tells(supply, "online")).OfType<string>().ToList();
        return chargers.Any(online => online is not "0") || (chargers.Count == 0 && !batteries.Any(battery => battery.IsDischarging))
            ? Finding.Pass()
            : Finding.Fail("unplugged");
    }

    private static string? Tells(string supply, string what) => SystemFile.Read(Path.Combine(supply, what));

    private static int? Percent(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? percent : null;
}
