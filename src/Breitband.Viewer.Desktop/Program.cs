using Avalonia;

namespace Breitband.Viewer.Desktop;

static class Program
{
    [STAThread]
    public static int Main(string[] args) => Configure().StartWithClassicDesktopLifetime(args);

    /// <summary>Called by name by the previewer too.</summary>
    public static AppBuilder Configure() => AppBuilder.Configure<App>().UsePlatformDetect().With(Retained).WithInterFont();

    /// <summary>Without a graphics card every frame is painted by the processor: what did not change is neither painted nor copied again.</summary>
    static X11PlatformOptions Retained => new() { UseRetainedFramebuffer = true };
}
