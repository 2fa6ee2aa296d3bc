using System.Text;
using ClassContact.Agent.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Card;

/// <summary>The cards of a kit as files, with the room that its screen has.</summary>
internal static class CardFiles
{
    private static readonly IReadOnlyList<(string Card, string Name)> Both = [("teacher", "enseignant"), ("class", "classe")];

    /// <summary>One card.</summary>
    /// <param name="kit">The settings.</param>
    /// <param name="card"><c>teacher</c> or <c>class</c>.</param>
    public static string Of(KitSettings kit, string card) => new CardPage(kit with { Room = new LinkStore(kit).Room }).Of(card);

    /// <summary>Writes <c>KIT-enseignant.html</c> and <c>KIT-classe.html</c>, which are on the disk, or the stick, when this comes back.</summary>
    /// <param name="kit">The settings.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="output">Is told of each.</param>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static void WriteBoth(KitSettings kit, string folder, TextWriter output)
    {
        foreach (var (card, name) in Both)
        {
            var file = Path.Combine(folder, $"{kit.Kit}-{name}.html");
            using var written = new FileStream(file, FileMode.Create, FileAccess.Write);
            written.Write(Encoding.UTF8.GetBytes(Of(kit, card)));
            written.Flush(flushToDisk: true);
            output.WriteLine(CliWords.Say("card.written", ("file", file)));
        }
    }
}
