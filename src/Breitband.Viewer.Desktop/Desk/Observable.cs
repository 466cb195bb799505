using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>Tells a binding what changed.</summary>
abstract class Observable : INotifyPropertyChanged
{
    public event PropertyChangedEventHandler? PropertyChanged;

    protected bool Set<T>(ref T field, T value, [CallerMemberName] string name = "")
    {
        if (EqualityComparer<T>.Default.Equals(field, value))
            return false;
        field = value;
        Changed(name);
        return true;
    }

    protected void Changed(string name) => PropertyChanged?.Invoke(this, new(name));
}
