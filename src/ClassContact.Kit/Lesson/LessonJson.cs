using System.Text.Json.Serialization;
using ClassContact.Kit.Call;
using ClassContact.Messages;

namespace ClassContact.Kit.Lesson;

/// <summary>How lessons look in the kit's own files; those that are kept look as they were sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(WordConverter<LessonPhase>), typeof(WordConverter<LessonVerdict>), typeof(WordConverter<Side>)])]
[JsonSerializable(typeof(LessonDraft))]
[JsonSerializable(typeof(LessonRecord))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LessonJson : JsonSerializerContext;
