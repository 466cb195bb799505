using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What is compared with: edition, threshold, basis of the right side.</summary>
sealed partial class ComparePane : UserControl
{
    public ComparePane() => InitializeComponent();

    /// <summary>What must be known of the two editions; empty where there is nothing.</summary>
    public void Warn(string text) => Broken.Text = text;
}
