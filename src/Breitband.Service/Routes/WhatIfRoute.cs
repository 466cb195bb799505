using System.Text.Json;
using Breitband.Analyse;
using Breitband.Service.Http;
using Breitband.Service.Text;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>What a choice of measures and a rule come to. Computes and changes nothing, so a reader may ask it.</summary>
static class WhatIfRoute
{
    public static async Task Answer(HttpContext context, Site site)
    {
        new Parameters(context).Check();
        using var body = await Body.Json(context);
        var question = Question(body.RootElement);
        var last = await site.Results.Last();
        await ResultRoutes.RequirePlaces(context, site, last);
        var (county, options) = await site.Results.Asked();
        var result = await site.OnACore(() => GapEngine.Run(county, options with
        {
            Profile = question.Profile is null ? options.Profile : site.Profiles().Get(question.Profile),
            Basis = question.Basis is null ? options.Basis : BasisOf(question.Basis),
            Measures = question.Measures ?? options.Measures,
        }), context.RequestAborted);
        await ResultRoutes.RequirePlaces(context, site, result);
        await ResultRoutes.Send(context, ResultJson.Analysis(result, context.Language()));
    }

    static (string? Profile, string? Basis, MeasureChoice? Measures) Question(JsonElement body)
    {
        var fields = new Fields(body);
        var answer = (fields.Text("profile"), fields.Text("basis"), fields.Read("measures", MeasuresOf));
        fields.Check();
        return answer;
    }

    static MeasureChoice? MeasuresOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() == "all" => MeasureChoice.Every,
        JsonValueKind.String when value.GetString() == "none" => MeasureChoice.None,
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => new(false, [.. value.EnumerateArray().Select(v => v.GetString()!)]),
        _ => throw BreitbandException.WrongUse("„all“, „none“ oder eine Liste von Kennungen", "\"all\", \"none\" or a list of ids"),
    };

    static Basis BasisOf(string text) => Enum.GetValues<Basis>().Where(b => b.Code() == text).Select(b => (Basis?)b).FirstOrDefault() ?? throw BreitbandException.WrongUse(
        $"Die Grundlage „{text}“ gibt es nicht. {Suggest.German(text, ["atlas", "mev", "best"])}", $"There is no basis \"{text}\". {Suggest.English(text, ["atlas", "mev", "best"])}");
}
