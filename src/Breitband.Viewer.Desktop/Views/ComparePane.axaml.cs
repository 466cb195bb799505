using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What is compared with: edition, threshold, basis of the right side.</summary>
sealed partial class ComparePane : UserControl
{
    public ComparePane() => InitializeComponent();
}
