using Avalonia;
using Breitband.Viewer.Desktop.Views;
using Breitband.Viewer.Map;

namespace Breitband.Viewer.Desktop;

static class Program
{
    [STAThread]
    public static int Main(string[] args)
    {
        Stages.Reached("program");
        ShortCollections.Begin();
        Asked = CommandLine.Of(args);
        if (Asked.Frames is not null)
            AppContext.SetSwitch("Avalonia.Diagnostics.Diagnostic.IsEnabled", true); // the steps of the window's thread are measured
        Left = Task.Run(Prepare);
        Grounds = Task.Run(async () => BaseMap.Offered(Layout.Folder, (await Left).Pictures));
        if (File.Exists(Asked.Where))
            Begun = new(async (waits, cancelled) => await Project.Open(Asked.Where, Asked.Key, (await Left).First, cancelled, waits));
        return Configure().StartWithClassicDesktopLifetime(args);
    }

    public static CommandLine Asked { get; private set; } = CommandLine.Of([]);

    /// <summary>How the window was left. Read on the other processor while this one starts the window system.</summary>
    public static Task<Layout> Left { get; private set; } = Task.FromResult(new Layout());

    public static Task<IReadOnlyList<BaseMap>> Grounds { get; private set; } = Task.FromResult<IReadOnlyList<BaseMap>>([]);

    /// <summary>The file of the command line, being opened on the other processor while the window is made on this one.</summary>
    public static Opening? Begun { get; private set; }

    /// <summary>What every window needs: its language, before the first text is made, legend and thresholds.</summary>
    static Layout Prepare()
    {
        var left = Layout.Read();
        Tongue.Current.Language = left.Language == "en" ? Language.En : Language.De;
        _ = (Legend.Default, DeskModel.Thresholds);
        return left;
    }

    /// <summary>Called by name by the previewer too.</summary>
    public static AppBuilder Configure() => AppBuilder.Configure<App>().UsePlatformDetect().With(Painting).WithInterFont();

    /// <summary>
    /// Without a graphics card every frame is painted by the processor: what did not change is neither painted nor copied again, and no software OpenGL is
    /// loaded (50 MB, a fifth of a second) only to be found to be one.
    /// </summary>
    static X11PlatformOptions Painting => new() { UseRetainedFramebuffer = true, RenderingMode = HasGraphicsCard ? [X11RenderingMode.Glx, X11RenderingMode.Software] : [X11RenderingMode.Software] };

    /// <summary>Linux names the devices that draw: by the kernel's own drivers, NVIDIA's, or the host's of a Linux within Windows.</summary>
    static bool HasGraphicsCard => Directory.Exists("/dev/dri") && Directory.EnumerateFileSystemEntries("/dev/dri", "render*").Any() || File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg");
}
