using Avalonia;
using Avalonia.Controls.ApplicationLifetimes;
using Avalonia.Markup.Xaml;
using Breitband.Viewer.Desktop.Views;

namespace Breitband.Viewer.Desktop;

public sealed class App : Application
{
    System.Runtime.InteropServices.PosixSignalRegistration? terminated;

    public override void Initialize() => AvaloniaXamlLoader.Load(this);

    public override void OnFrameworkInitializationCompleted()
    {
        if (ApplicationLifetime is IClassicDesktopStyleApplicationLifetime desktop)
        {
            Stages.Reached("window system ready");
            var window = new MainWindow(Program.Left.GetAwaiter().GetResult());
            Stages.Reached("window made");
            desktop.MainWindow = window;
            // The service inside would take the signal to end for itself alone.
            terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, _ => Avalonia.Threading.Dispatcher.UIThread.Post(window.Leave));
            window.Opened += (_, _) => _ = Begin(window, Program.Asked);
        }
        base.OnFrameworkInitializationCompleted();
        GC.KeepAlive(terminated);
    }

    static async Task Begin(MainWindow window, CommandLine asked)
    {
        Stages.Reached("window shown");
        using var session = asked.Frames is { } file ? window.Watched(file) : null;
        await window.Open(asked.Where, asked.Key, Program.Begun);
        if (asked.Files.Count > 0)
            window.Import(asked.Files);
        if (session is null)
            return;
        await session.Run();
        window.Leave();
    }
}
