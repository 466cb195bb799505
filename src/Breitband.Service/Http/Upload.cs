using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Breitband.Service.Http;

/// <summary>Files and fields of a multipart form, the files straight to the disk: memory does not grow with them.</summary>
/// <param name="Files">Names of the files in the folder, in the order they came.</param>
sealed record Upload(IReadOnlyList<string> Files, IReadOnlyDictionary<string, string> Fields)
{
    const int MaxFiles = 200, MaxField = 4096;

    /// <exception cref="ProblemException">415 for another content type, 400 for a broken form or a name that is a path, 413 beyond the limit.</exception>
    public static async Task<Upload> Receive(HttpContext context, WorkFolder folder, long limit)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || type.MediaType != "multipart/form-data" || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            throw new ProblemException(415, new("Dateien kommen als multipart/form-data (curl -F file=@datei.zip).", "Files come as multipart/form-data (curl -F file=@file.zip)."));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit;
        var (files, fields) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8192 };
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
                await Take(section, folder, files, fields, context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException || e is IOException and not BadHttpRequestException)
        {
            throw new ProblemException(400, new("Das Formular ist unvollständig oder nicht zu lesen.", "The form is incomplete or cannot be read."));
        }
        return new(files, fields);
    }

    static async Task Take(MultipartSection section, WorkFolder folder, List<string> files, Dictionary<string, string> fields, CancellationToken cancelled)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            throw new ProblemException(400, new("Ein Teil des Formulars hat keinen Namen.", "A part of the form has no name."));
        var given = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        if (given is null)
        {
            using var text = new StreamReader(section.Body);
            var buffer = new char[MaxField + 1];
            var length = await text.ReadBlockAsync(buffer, cancelled);
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (length > MaxField || !fields.TryAdd(name, new(buffer, 0, length)))
                throw new ProblemException(400, new($"{name}: steht mehrmals da oder ist zu lang.", $"{name}: is given more than once or too long."));
            return;
        }
        var file = Safe(given, files);
        await using var target = new FileStream(folder.File(file), FileMode.CreateNew, FileAccess.Write);
        await section.Body.CopyToAsync(target, cancelled);
        files.Add(file);
    }

    /// <summary>A name, never a path: what a browser or an attacker puts before it is refused, not cut off.</summary>
    static string Safe(string given, List<string> files)
    {
        if (given.Length is 0 or > 150 || given.StartsWith('.') || given.Any(c => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(c)))
            throw new ProblemException(400, new("Ein Dateiname ist leer, zu lang oder ein Pfad.", "A file name is empty, too long or a path."));
        if (files.Contains(given, StringComparer.OrdinalIgnoreCase) || files.Count >= MaxFiles)
            throw new ProblemException(400, new($"{given}: steht mehrmals da, oder es sind mehr als {MaxFiles} Dateien.", $"{given}: is given more than once, or there are more than {MaxFiles} files."));
        return given;
    }
}
