using System.Text.Json;
using System.Text.Json.Serialization;

namespace Breitband;

// Compiled with the program: finding the shapes out at run time is half a second before the first answer.

/// <summary>What a store keeps of an edition, and lists it is asked for.</summary>
[JsonSerializable(typeof(Edition))]
[JsonSerializable(typeof(IReadOnlyCollection<string>))]
sealed partial class StoredJson : JsonSerializerContext;

/// <summary>The files a county may edit: whatever is misspelt, missing or of another kind is refused, comments are not.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(Profiles.ProfileFile))]
[JsonSerializable(typeof(LegendFile))]
sealed partial class SettingsJson : JsonSerializerContext;
