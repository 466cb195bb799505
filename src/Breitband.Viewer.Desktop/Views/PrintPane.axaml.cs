using Avalonia.Controls;
using Avalonia.Platform.Storage;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Choose a sheet, see it, save it.</summary>
sealed partial class PrintPane : UserControl
{
    public PrintPane()
    {
        InitializeComponent();
        Shut.Click += (_, _) => Closed?.Invoke();
        SavePdf.Click += (_, _) => _ = Save("pdf");
        SavePng.Click += (_, _) => _ = Save("png");
    }

    /// <summary>The sheet beside its choices where that leaves it something, else below them; whole where the window is high enough.</summary>
    protected override Avalonia.Size MeasureOverride(Avalonia.Size availableSize)
    {
        var beside = availableSize.Width >= 560;
        Parts.ColumnDefinitions[0].Width = beside ? new(230) : GridLength.Star;
        Parts.ColumnDefinitions[1].Width = new(beside ? 16 : 0);
        Parts.ColumnDefinitions[2].Width = beside ? GridLength.Star : new(0);
        Grid.SetColumn(Shown, beside ? 2 : 0);
        Grid.SetRow(Shown, beside ? 0 : 1);
        Picture.MaxHeight = Math.Clamp(availableSize.Height - 130, 300, 620);
        return base.MeasureOverride(availableSize);
    }

    public event Action? Closed;

    async Task Save(string form)
    {
        if (DataContext is not PrintModel print || TopLevel.GetTopLevel(this) is not { } window)
            return;
        var file = await window.StorageProvider.SaveFilePickerAsync(new() { Title = Tongue.Of("Blatt speichern", "Save the sheet"), SuggestedFileName = $"{print.Sheet.Label}.{form}".Replace('/', '-'), DefaultExtension = form });
        if (file?.TryGetLocalPath() is { } path)
            await print.Save(path, form);
    }
}
