using System.Diagnostics;
using System.Text.Json;

namespace ClassContact.Bench.PressToPicture;

/// <summary>One launch: ms from the press, as the page saw it.</summary>
/// <param name="Arm">warm or cold.</param>
/// <param name="Page">The page's first script runs.</param>
/// <param name="Open">It has joined and our own camera and microphone are live.</param>
/// <param name="Media">The pupil's first packet has come.</param>
/// <param name="Picture">The pupil's first picture was given to the screen: the figure that counts.</param>
/// <param name="Receipt">The kit's own launch receipt.</param>
internal sealed record Launch(string Arm, double Page, double Open, double Media, double Picture, JsonElement? Receipt)
{
    public static Launch Of(string arm, long press, Marks seen, JsonElement? receipt)
    {
        return new(arm, At("page"), new[] { At("camera"), At("microphone"), At("joined") }.Max(), At("media"), At("picture"), receipt);

        double At(string mark) => Math.Round((seen.At[mark] - press) * 1000.0 / Stopwatch.Frequency, 1);
    }
}
