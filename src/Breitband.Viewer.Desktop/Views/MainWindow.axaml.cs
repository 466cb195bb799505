using Avalonia.Controls;
using Avalonia.Layout;
using Avalonia.Threading;
using Breitband.Viewer.Desktop.Frames;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class MainWindow : Window
{
    readonly ScaleBar scale = new() { VerticalAlignment = VerticalAlignment.Bottom, HorizontalAlignment = HorizontalAlignment.Left, Margin = new(12, 0, 0, 8) };

    public MainWindow()
    {
        InitializeComponent();
        Middle.Children.AddRange([Area, Probe, scale]);
        Area.Main.Moved += () => Dispatcher.UIThread.Post(() => scale.Pose = Area.Main.Pose, DispatcherPriority.Render);
    }

    public MapArea Area { get; } = new();

    public FrameProbe Probe { get; } = new();
}
