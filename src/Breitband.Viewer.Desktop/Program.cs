using Avalonia;

namespace Breitband.Viewer.Desktop;

static class Program
{
    [STAThread]
    public static int Main(string[] args) => Configure().StartWithClassicDesktopLifetime(args);

    public static AppBuilder Configure() => AppBuilder.Configure<App>().UsePlatformDetect().WithInterFont();
}
