using System.Text.Json.Serialization;
using ClassContact.Messages;

namespace ClassContact.Kit.Screen;

/// <summary>What the pages' scripts are called with: camelCase names, kebab-case words, a missing value left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordConverter<Mood>), typeof(WordConverter<Picture>), typeof(WordConverter<StepState>)])]
[JsonSerializable(typeof(ScreenView))]
[JsonSerializable(typeof(OverlayView))]
public sealed partial class ScreenJson : JsonSerializerContext;

/// <summary>A words file: one flat object.</summary>
[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WordsJson : JsonSerializerContext;
