using Avalonia.Controls;
using Avalonia.Data.Converters;
using Avalonia.Media;
using Avalonia.Media.Imaging;
using Avalonia.Platform.Storage;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Choose a sheet, leaf through it, save it.</summary>
sealed partial class PrintPane : UserControl
{
    /// <summary>Pixels. Of the choices, and of a card that has room for the sheet beside them.</summary>
    const double Choosing = 260, Beside = 560;

    PrintModel? print;
    byte[]? wanted;
    bool large;
    double room = 620;

    public PrintPane()
    {
        InitializeComponent();
        Shut.Click += (_, _) => Closed?.Invoke();
        SavePdf.Click += (_, _) => _ = Save("pdf");
        SavePng.Click += (_, _) => _ = Save("png");
        Back.Click += (_, _) => print?.Turn(-1);
        On.Click += (_, _) => print?.Turn(1);
        Picture.Tapped += (_, _) => Fit(!large);
        DataContextChanged += (_, _) =>
        {
            print = DataContext as PrintModel;
            print?.PropertyChanged += (_, change) =>
            {
                if (change.PropertyName == nameof(print.Preview))
                    _ = Draw();
            };
            _ = Draw();
        };
        DetachedFromVisualTree += (_, _) => DataContext = null; // an A0 sheet unpacked takes a hundred megabytes
    }

    /// <summary>More pages than one.</summary>
    public static FuncValueConverter<int, bool> Many { get; } = new(pages => pages > 1);

    public event Action? Closed;

    /// <summary>The sheet beside its choices where that leaves it something, else below them; whole where the window is high enough.</summary>
    protected override Avalonia.Size MeasureOverride(Avalonia.Size availableSize)
    {
        var beside = availableSize.Width >= Beside;
        Parts.ColumnDefinitions[0].Width = beside ? new(Choosing) : GridLength.Star;
        Parts.ColumnDefinitions[1].Width = new(beside ? 16 : 0);
        Parts.ColumnDefinitions[2].Width = beside ? GridLength.Star : new(0);
        Grid.SetColumn(Shown, beside ? 2 : 0);
        Grid.SetRow(Shown, beside ? 0 : 1);
        room = Math.Clamp(availableSize.Height - 170, 300, 1000);
        Fit(large);
        return base.MeasureOverride(availableSize);
    }

    /// <summary>Whole, or as large as it is printed, to be read.</summary>
    void Fit(bool wide)
    {
        large = wide;
        Picture.Stretch = large ? Stretch.None : Stretch.Uniform;
        Frame.MaxHeight = room;
        Picture.MaxHeight = large ? double.PositiveInfinity : room;
        Frame.HorizontalScrollBarVisibility = large ? Avalonia.Controls.Primitives.ScrollBarVisibility.Auto : Avalonia.Controls.Primitives.ScrollBarVisibility.Disabled;
    }

    /// <summary>A sheet of many million pixels is unpacked beside the window's thread.</summary>
    async Task Draw()
    {
        var picture = wanted = print?.Preview;
        var made = picture is null ? null : await Task.Run(() => new Bitmap(new MemoryStream(picture)));
        if (!ReferenceEquals(picture, wanted))
        {
            made?.Dispose(); // another page was asked for meanwhile
            return;
        }
        var before = Picture.Source as Bitmap;
        Picture.Source = made;
        before?.Dispose();
    }

    async Task Save(string form)
    {
        if (print is null || TopLevel.GetTopLevel(this) is not { } window)
            return;
        var file = await window.StorageProvider.SaveFilePickerAsync(new() { Title = Tongue.Of("Blatt speichern", "Save the sheet"), SuggestedFileName = print.FileName(form), DefaultExtension = form });
        if (file?.TryGetLocalPath() is { } path)
            await print.Save(path, form);
    }
}
