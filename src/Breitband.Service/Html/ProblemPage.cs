using Breitband.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>An error as a person at a browser sees it: what is wrong, every fault, and the way back.</summary>
static class ProblemPage
{
    public static Task Send(HttpContext context, ServiceSettings settings, Phrase title, Phrase detail, IReadOnlyList<Phrase> faults)
    {
        var page = new Page(context, title.In(context.Language()));
        page.Text(detail.In(page.Language), "note");
        if (faults.Count > 1)
            page.List(faults.Select(f => Page.Encode(f.In(page.Language))));
        return page.List([Page.Link($"{context.Base()}/", page.In("zur Startseite", "to the start page"))]).Send(settings);
    }
}
