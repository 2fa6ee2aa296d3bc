namespace ClassContact.KitBench.Usb;

/// <summary>A colour as a screen shows it.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue);
