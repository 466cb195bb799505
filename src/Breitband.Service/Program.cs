using System.Text;
using Breitband.Service;

Console.OutputEncoding = Encoding.UTF8; // Windows consoles still start in a code page of their own

// A command asks its database from one thread or two, which can be woken without the detour over the pool of threads: a fifth of the time a county takes
// to be read. A service answers many, of whom none may hold up the others.
if (!args.Contains("serve") && !args.Contains("--serve"))
    Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

// The first Ctrl+C undoes what has been begun and ends; a second one ends at once.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};

// The verbs in the order of work: files in, figures, answers, files out. One verb, one file in Verbs/.
return CommandLine.Run(args, Console.OpenStandardOutput(), Console.OpenStandardError(), progress: !Console.IsErrorRedirected, stop.Token);
