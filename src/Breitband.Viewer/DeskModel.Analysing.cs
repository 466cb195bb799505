using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>Computing anew and keeping it: what the map is painted from, and everybody else's map too.</summary>
public sealed partial class DeskModel
{
    /// <summary>Something was done or is to be known, and what can be done next.</summary>
    public event Action<string, Remedy?>? Noted;

    /// <summary>After an import or a changed measure: figures are computed when they are asked for, colours when somebody analyses.</summary>
    public void Tell(string what) => Noted?.Invoke(what + " " + Tongue.Of("Die Zahlen hier rechnen schon damit; die Farben der Karte folgen mit der nächsten Analyse.", "The figures here count it already; the colours of the map follow with the next analysis."),
        new(Tongue.Of("Jetzt neu rechnen (F9)", "Compute now (F9)"), () => _ = Analyse()));

    /// <summary>Computes the live editions with every measure by the threshold and basis of the bar, and keeps the result: it becomes everybody's map.</summary>
    public Task Analyse() => Guarded(async () =>
    {
        if (Project is not { } open)
            return;
        await Work.Run(Purpose.Analysis, Tongue.Of("Es wird neu gerechnet …", "Computing anew …"), async item =>
        {
            await open.Service.Post("/analyse", new JsonObject { ["profile"] = Profile?.Code, ["basis"] = Basis?.Code }, item.Cancelled);
            item.Cancelled.ThrowIfCancellationRequested();
        });
        if (!ReferenceEquals(open, Project))
            return;
        await Reload();
        Noted?.Invoke(Tongue.Of($"Neu gerechnet und abgelegt: {Profile?.Label}, {Basis?.Label}. Die Karte wird jetzt neu gebaut.", $"Computed and kept: {Profile?.Label}, {Basis?.Label}. The map is being made anew."), null);
    });
}
