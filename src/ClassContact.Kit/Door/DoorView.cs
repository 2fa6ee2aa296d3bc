using System.Text.Json.Serialization;
using ClassContact.Kit.Screen;
using ClassContact.Messages;

namespace ClassContact.Kit.Door;

/// <summary>The technician's screen as plain data, every text resolved: the page shows it and says back what was pressed.</summary>
/// <param name="Language">Of the texts, as an HTML <c>lang</c>.</param>
/// <param name="Title">What this is.</param>
/// <param name="Kit">The kit's name and its date, which the helpdesk needs for the code.</param>
/// <param name="Leave">On the button that closes it.</param>
/// <param name="Closes">That it closes by itself.</param>
/// <param name="Ask">The code is asked for, or why not; null once it is open.</param>
/// <param name="Sections">What is behind it; empty before.</param>
public sealed record DoorView(
    string Language, string Title, IReadOnlyList<DoorRow> Kit, string Leave, string Closes, DoorAsk? Ask, IReadOnlyList<DoorSectionView> Sections)
{
    /// <summary>What the log calls it: where the door stands, and whether something is being done there.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";
}

/// <summary>The code screen.</summary>
/// <param name="Headline">A few words.</param>
/// <param name="Sentence">Whom to call, and what to say.</param>
/// <param name="Number">The helpdesk's, as people in Belgium write it.</param>
/// <param name="Field">Label of the field; null while no code is taken.</param>
/// <param name="Button">On the button beside it.</param>
/// <param name="Said">What became of the last code; null for nothing.</param>
public sealed record DoorAsk(string Headline, string Sentence, string Number, string? Field, string Button, DoorSaid? Said);

/// <summary>A part of the screen.</summary>
/// <param name="Id">A code.</param>
/// <param name="Title">Shown on its tab.</param>
/// <param name="Sentence">What it is about; may be empty.</param>
/// <param name="Rows">What is known.</param>
/// <param name="Fields">What can be typed or chosen.</param>
/// <param name="Buttons">What can be done.</param>
/// <param name="Said">How the last thing that was asked for went; null for nothing.</param>
/// <param name="IsBusy">Something is being done: no button works until it has ended.</param>
public sealed record DoorSectionView(
    string Id, string Title, string Sentence, IReadOnlyList<DoorRow> Rows, IReadOnlyList<DoorField> Fields, IReadOnlyList<DoorButton> Buttons,
    DoorSaid? Said = null, bool IsBusy = false);

/// <summary>Something known.</summary>
/// <param name="Label">What.</param>
/// <param name="Value">How it is.</param>
/// <param name="Mood">Its colour; null for none.</param>
public sealed record DoorRow(string Label, string Value, Mood? Mood = null);

/// <summary>What a field is.</summary>
public enum DoorFieldKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A line that is not shown.</summary>
    Secret,

    /// <summary>0 to 100 in steps of five.</summary>
    Percent,

    /// <summary>One of some.</summary>
    Choice,
}

/// <summary>Something to type or to choose.</summary>
/// <param name="Id">A code, by which its value comes back.</param>
/// <param name="Label">What to type.</param>
/// <param name="Kind">How.</param>
/// <param name="Value">What stands in it at first.</param>
/// <param name="Choices">Of a choice: value and label.</param>
public sealed record DoorField(string Id, string Label, DoorFieldKind Kind, string Value = "", IReadOnlyList<DoorChoice>? Choices = null);

/// <summary>One of some.</summary>
public sealed record DoorChoice(string Value, string Label);

/// <summary>Something to do.</summary>
/// <param name="Action">A code, which comes back.</param>
/// <param name="Label">A verb.</param>
/// <param name="Does">What it does, in a sentence.</param>
public sealed record DoorButton(string Action, string Label, string Does);

/// <summary>How something went.</summary>
/// <param name="Mood">Its colour.</param>
/// <param name="Text">One sentence or two.</param>
/// <param name="Rows">Details; empty for none.</param>
public sealed record DoorSaid(Mood Mood, string Text, IReadOnlyList<DoorRow>? Rows = null);

/// <summary>What the page's script is called with.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordConverter<Mood>), typeof(WordConverter<DoorFieldKind>)])]
[JsonSerializable(typeof(DoorView))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
public sealed partial class DoorJson : JsonSerializerContext;
