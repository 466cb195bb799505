using Breitband.Print;
using Breitband.Viewer.Map;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>Sheets of what is on the desk: by its threshold, basis and edition, and the map as it is looked at.</summary>
public sealed partial class DeskModel
{
    static readonly Func<double, double, (double X, double Y)> ToDegrees = Crs.Transform(Crs.WebMercator, Crs.Geographic);

    /// <summary>Pixels of screens and projectors.</summary>
    static readonly string[] Slides = ["1600x1200", "1920x1080", "3840x2160"];

    /// <summary>Whether a measure was picked after the last municipality.</summary>
    bool measureLast;

    /// <summary>Every sheet there is something to print on; the first to be shown is that of what was picked last, and of the change while two editions are compared.</summary>
    /// <param name="looked">Where the map stands.</param>
    public PrintModel Printing(MapPose looked)
    {
        var (view, municipalities, measures, change) = (OfView(looked), OfMunicipalities(), OfMeasures(), OfChange(looked.Box));
        SheetKind?[] all = [view, Plain("/print/overview", "Kreisübersicht", "County overview") with { Paper = [SheetKind.On("A3-quer")] }, municipalities, measures, change, OfPlace(),
            Plain("/print/atlas", "Alle Gemeindeblätter", "All municipality sheets"), Plain("/print/report", "Bericht über den Kreis", "Report on the county"), Picture()];
        var picked = Other.On && Other.Edition?.Number != Edition?.Number && change is not null ? change
            : Measure is not null && (measureLast || Municipality is null) ? measures : Municipality is not null ? municipalities : view;
        return new(Project!.Service, [.. all.OfType<SheetKind>()], picked);
    }

    /// <summary>Whether the map shows a trial of measures.</summary>
    internal bool Trying => CanTry && !Counted.SequenceEqual(Painted(Rule));

    /// <summary>Threshold, basis and edition as the service's addresses take them; empty for the last analysis'.</summary>
    string InForce => Rule == stored ? "" : Rule.Query;

    /// <summary>Of a trial there is the map alone.</summary>
    string Untried => Trying ? Tongue.Of("Der Versuch mit Maßnahmen gilt hier nicht; ihn druckt nur der Ausschnitt der Karte.", "The trial of measures does not hold here; only the part of the map prints it.") : "";

    SheetKind Plain(string route, string de, string en) => new(route, Tongue.Of(de, en), InForce) { Note = Untried };

    /// <summary>With the layers that are drawn where the map stands, not all that are switched on.</summary>
    SheetKind OfView(MapPose looked)
    {
        var painter = new TilePainter(Legend.Default);
        var level = (int)Math.Floor(looked.Zoom - 0.5); // a picture of 512 pixels shows what one of 256 shows a level on
        var groups = Layers.Where(l => l.Visible).SelectMany(l => l.Groups).Where(g => painter.Draws(g, level));
        var without = CanTry ? Measures.Where(m => !m.Chosen).Select(m => Uri.EscapeDataString(m.Key)) : [];
        string[] map = [InForce, Box(looked.Box), $"layers={string.Join(',', groups)}", without.Any() ? $"without={Uri.EscapeDataString(string.Join(',', without))}" : ""];
        return new("/print/view", Tongue.Of("Ausschnitt der Karte", "Part of the map"), Joined(map)) { Paper = [SheetKind.On("A4-quer")], Titled = true };
    }

    static string Box(Envelope looked)
    {
        var ((west, south), (east, north)) = (ToDegrees(looked.MinX, looked.MinY), ToDegrees(looked.MaxX, looked.MaxY));
        return FormattableString.Invariant($"bbox={west:0.000000},{south:0.000000},{east:0.000000},{north:0.000000}");
    }

    SheetKind? OfMunicipalities() => Municipalities.Count == 0 ? null : Plain("/print/municipality", "Gemeindeblatt", "Municipality sheet") with
    {
        Choices = [new(Tongue.Of("GEMEINDE", "MUNICIPALITY"), [.. Municipalities.OrderBy(m => Formats.SortKey(m.Name), StringComparer.Ordinal).Select(m => new Choice($"/{m.Key}", m.Name))], $"/{Municipality?.Key}")],
    };

    SheetKind? OfMeasures() => Measures.Count == 0 ? null : Plain("/print/measure", "Maßnahmenblatt", "Measure sheet") with
    {
        Choices = [new(Tongue.Of("MASSNAHME", "MEASURE"), [.. Measures.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new Choice("/" + Uri.EscapeDataString(m.Key), m.Name == m.Key ? m.Key : $"{m.Key} · {m.Name}"))], Measure is null ? null : "/" + Uri.EscapeDataString(Measure.Key))],
        Paper = [SheetKind.On("A4-hoch", lying: false)],
    };

    /// <summary>Since the earlier edition that is looked at or compared with, else since the latest.</summary>
    SheetKind? OfChange(Envelope looked)
    {
        var earlier = Editions.Where(e => e.Number is not null).ToList();
        if (earlier.Count == 0)
            return null;
        var (left, right) = (Edition?.Number, Other.On ? Other.Edition?.Number : null);
        var (with, to) = (right ?? left ?? earlier[^1].Number, right is not null && left != right ? left : null);
        Choice[] areas = [new("", Tongue.Of("ganzer Kreis", "whole county")), new(Box(looked), Tongue.Of("Ausschnitt der Karte", "part of the map"))];
        var differs = Other.On && (Other.Profile?.Code, Other.Basis?.Code) != (Profile?.Code, Basis?.Code);
        return Plain("/print/change", "Veränderung zwischen Ständen", "Change between editions") with
        {
            Asked = (Rule with { Edition = null }).Query,
            Choices = [new(Tongue.Of("DATENSTAND", "EDITION"), [.. earlier.Select(e => new Choice($"with={e.Number}", e.Label))], $"with={with}"),
                new(Tongue.Of("VERGLICHEN MIT", "COMPARED WITH"), [new("", Tongue.Of("gültigem Datenstand", "the live edition")), .. earlier.Select(e => new Choice($"to={e.Number}", e.Label))], to is null ? "" : $"to={to}"),
                new(Tongue.Of("GEBIET", "AREA"), areas)],
            Paper = [SheetKind.On("A4-quer")],
            Titled = true,
            Note = string.Join(' ', new[] { differs ? Tongue.Of("Es gelten Schwelle und Grundlage links vom Trenner.", "Threshold and basis are those left of the divider.") : "", Untried }.Where(n => n.Length > 0)),
        };
    }

    /// <summary>What is told of a place, by the rule it is told by.</summary>
    SheetKind? OfPlace() => Selected is null || answered is null ? null : Plain("/print/place", $"Auskunft: {Selected.Place}", $"Information: {Selected.Place}") with
    {
        Asked = Joined($"place={Uri.EscapeDataString(answered)}", beside ? Other.Rule.Query : InForce),
        Paper = [SheetKind.On("A4-hoch", lying: false)],
        Note = beside ? Tongue.Of("Es gilt, was rechts vom Trenner gewählt ist: ", "What is chosen right of the divider holds: ") + Other.Name : Untried,
    };

    SheetKind Picture() => new("/print/map", Tongue.Of("Bild der Lücken für Folien", "Picture of the gaps for slides"))
    {
        Choices = [new(Tongue.Of("BILDPUNKTE", "PIXELS"), [.. Slides.Select(s => new Choice($"size={s}", s.Replace("x", " × ", StringComparison.Ordinal)))])],
        Paper = [],
        Note = InForce.Length > 0 || Trying ? Tongue.Of("Das Bild zeigt die letzte Analyse, nicht Schwelle, Grundlage, Datenstand und Versuch des Fensters. „Neu rechnen und ablegen“ (F9) macht Schwelle und Grundlage zur letzten Analyse.",
            "The picture shows the last analysis, not the threshold, basis, edition and trial of the window. “Compute anew and keep” (F9) makes threshold and basis the last analysis.") : "",
    };

    static string Joined(params string[] parameters) => string.Join('&', parameters.Where(p => p.Length > 0));
}
