using System.Text.Json.Serialization;
using ClassContact.Messages;

namespace ClassContact.Agent.Lessons;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordConverter<LessonVerdict>)])]
[JsonSerializable(typeof(IReadOnlyList<LessonRecord>))]
internal sealed partial class LessonsJson : JsonSerializerContext;
