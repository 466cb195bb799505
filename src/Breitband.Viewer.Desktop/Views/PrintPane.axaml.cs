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
