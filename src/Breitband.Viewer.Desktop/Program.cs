using Avalonia;

namespace Breitband.Viewer.Desktop;

static class Program
{
    [STAThread]
    public static int Main(string[] args) => Configure().StartWithClassicDesktopLifetime(args);

    /// <summary>Called by name by the previewer too.</summary>
    public static AppBuilder Configure() => AppBuilder.Configure<App>().UsePlatformDetect().WithInterFont();
}
