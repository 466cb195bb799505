using Avalonia;
using Breitband.Viewer.Desktop.Views;

namespace Breitband.Viewer.Desktop;

static class Program
{
    [STAThread]
    public static int Main(string[] args)
    {
        Asked = CommandLine.Of(args);
        Tongue.Current.Language = Layout.Read().Language == "en" ? Language.En : Language.De; // before the first text is made
        if (File.Exists(Asked.Where))
            Begun = Task.Run(() => Project.Open(Asked.Where, Asked.Key));
        return Configure().StartWithClassicDesktopLifetime(args);
    }

    public static CommandLine Asked { get; private set; } = CommandLine.Of([]);

    /// <summary>The file of the command line, being opened on the other processor while the window is made on this one.</summary>
    public static Task<Project>? Begun { get; private set; }

    /// <summary>Called by name by the previewer too.</summary>
    public static AppBuilder Configure() => AppBuilder.Configure<App>().UsePlatformDetect().With(Retained).WithInterFont();

    /// <summary>Without a graphics card every frame is painted by the processor: what did not change is neither painted nor copied again.</summary>
    static X11PlatformOptions Retained => new() { UseRetainedFramebuffer = true };
}
