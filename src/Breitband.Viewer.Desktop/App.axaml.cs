using Avalonia;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Markup.Xaml;
using Breitband.Viewer.Desktop.Views;

namespace Breitband.Viewer.Desktop;

/// <summary><c>breitband-viewer [FILE.gpkg | ADDRESS] [FILES TO IMPORT...] [--key KEY] [--frames FILE]</c></summary>
public sealed class App : Application
{
    System.Runtime.InteropServices.PosixSignalRegistration? terminated;

    public override void Initialize() => AvaloniaXamlLoader.Load(this);

    public override void OnFrameworkInitializationCompleted()
    {
        if (ApplicationLifetime is IClassicDesktopStyleApplicationLifetime desktop)
        {
            Tongue.Current.Language = Layout.Read().Language == "en" ? Language.En : Language.De; // before the first text is made
            var window = new MainWindow();
            desktop.MainWindow = window;
            // The service inside would take the signal to end for itself alone.
            terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, _ => Avalonia.Threading.Dispatcher.UIThread.Post(window.Leave));
            window.Opened += (_, _) => _ = Begin(window, desktop.Args ?? []);
        }
        base.OnFrameworkInitializationCompleted();
        GC.KeepAlive(terminated);
    }

    static async Task Begin(MainWindow window, string[] words)
    {
        string? After(string name) => Array.IndexOf(words, name) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
        var plain = words.Where((w, i) => !w.StartsWith("--", StringComparison.Ordinal) && (i == 0 || words[i - 1] is not ("--key" or "--frames"))).ToList();
        await window.Open(plain.FirstOrDefault(), After("--key"));
        if (plain.Count > 1)
            window.Import([.. plain.Skip(1).Select(Path.GetFullPath)]);
        if (After("--frames") is { } file)
        {
            await window.Play(file);
            window.Leave();
        }
    }
}
