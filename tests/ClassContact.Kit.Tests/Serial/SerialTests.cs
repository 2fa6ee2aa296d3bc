using System.Runtime.Versioning;

namespace ClassContact.Kit.Tests.Serial;

[SupportedOSPlatform("linux")]
public sealed class SttyTests() : SerialContract("stty");

[SupportedOSPlatform("linux")]
public sealed class SystemIoPortsTests() : SerialContract("System.IO.Ports");
