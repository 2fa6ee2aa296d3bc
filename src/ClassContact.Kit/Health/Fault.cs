using ClassContact.Messages;

namespace ClassContact.Kit.Health;

/// <summary>A fault that is to be told: it has outlasted its grace, and no other explains it.</summary>
/// <param name="Check">Which check has it.</param>
/// <param name="Severity">What it means for a class: that of the check, or of the worst fault that it explains. A mere warning stops nothing.</param>
/// <param name="Finding">What was found.</param>
public sealed record Fault(Check Check, Severity Severity, Finding Finding);
