using System.Text;
using Breitband.Service;

Console.OutputEncoding = Encoding.UTF8; // Windows consoles still start in a code page of their own

// The first Ctrl+C undoes what has been begun and ends; a second one ends at once.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};

// The verbs in the order of work: files in, figures, answers, files out. One verb, one file in Verbs/.
return CommandLine.Run(args, Console.OpenStandardOutput(), Console.OpenStandardError(), progress: !Console.IsErrorRedirected, stop.Token);
